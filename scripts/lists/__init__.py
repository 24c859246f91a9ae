"""Official lists as offices really have them, read without guessing, compared with ours, and written as a CSV.

A file becomes sheets (opening), a sheet becomes records (headings, records), a record becomes an entry with
typed cells (agency_entries, sanction_entries), entries and our rows become a plan (agency_plan, sanction_plan),
and a plan becomes a review and a table (review, table).
"""
