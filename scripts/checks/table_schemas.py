"""What a schema owes its readers: both languages for every column, and a label for every code."""

from scripts.checks.table_files import Table
from scripts.checks.table_said import Fault, Teller

SAID = ("title", "title@en", "description", "description@en")


def schema_faults(table: Table, teller: Teller) -> list[Fault]:
    """Columns without a word in one language, codes without a label, English columns whose twin is not there."""
    found = []
    for field in table.fields:
        name = field["name"]
        missing = [word for word in SAID if not field.get(word)]
        found += [teller.fault(table, "data.schema-word", field=name, word=word) for word in missing]
        for codes in ("labels", "labels@en"):
            for code in field.get("constraints", {}).get("enum", []):
                if str(code) not in field.get(codes, {}):
                    found.append(teller.fault(table, "data.schema-label", field=name, code=code, word=codes))
        if name.endswith("@en") and name.removesuffix("@en") not in table.names:
            found.append(teller.fault(table, "data.schema-twin", field=name, twin=name.removesuffix("@en")))
    return found
