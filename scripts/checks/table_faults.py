"""frictionless' errors, said so that an editor can act on them. Every class of error has a sentence here."""

import re

from frictionless import errors

from scripts.checks import table_hints as hints
from scripts.checks.table_files import Table
from scripts.checks.table_said import Fault, Teller
from scripts.lists.sheet import letters

# The sentence of each class. Those under CELLS are sharpened by what the schema says about the column.
DESCRIPTION = [
    "metadata-error", "catalog-error", "dataset-error", "checklist-error", "check-error", "detector-error",
    "dialect-error", "control-error", "inquiry-error", "inquiry-task-error", "package-error", "pipeline-error",
    "step-error", "report-error", "report-task-error", "schema-error", "field-error", "stats-error", "resource-error",
]  # fmt: skip
HEADINGS = [
    "header-error", "blank-header", "unmatched-header", "label-error", "extra-label", "missing-label", "blank-label",
    "duplicate-label", "incorrect-label",
]  # fmt: skip
# Checks that the hub does not turn on, and the classes above the others: no table of ours can meet them today.
UNASKED = [
    "error", "data-error", "file-error", "table-error", "row-error", "cell-error", "deviated-value", "deviated-cell",
    "required-value", "duplicate-row", "row-constraint", "truncated-value", "forbidden-value", "sequential-value",
    "ascii-value",
]  # fmt: skip
SENTENCES = {
    **dict.fromkeys(DESCRIPTION, "data.description"),
    **dict.fromkeys(HEADINGS, "data.headings"),
    **dict.fromkeys(UNASKED, "data.other"),
    **dict.fromkeys(["field-count", "row-count", "table-dimensions"], "data.size"),
    **dict.fromkeys(["hash-count", "byte-count"], "data.copy"),
    **dict.fromkeys(["format-error", "compression-error"], "data.format"),
    "scheme-error": "data.gone",
    "source-error": "data.empty",
    "encoding-error": "data.not-utf8",
    "blank-row": "data.blank-row",
    "extra-cell": "data.row-long",
    "missing-cell": "data.row-short",
    "primary-key": "data.primary-key",
    "foreign-key": "data.foreign-key",
    "unique-error": "data.unique",
    "type-error": "data.type",
    "constraint-error": "data.constraint",
}


class Reader:
    """Turns frictionless' errors into faults; knows all tables, for a foreign key points into another."""

    def __init__(self, tables: dict[str, Table], teller: Teller):
        self.tables = tables
        self.teller = teller
        self.cells = {
            "primary-key": self._key,
            "foreign-key": self._foreign_key,
            "unique-error": self._unique,
            "type-error": self._type,
            "constraint-error": self._constraint,
            "extra-cell": self._row_length,
            "missing-cell": self._row_length,
        }

    def fault(self, table: Table, error: errors.Error) -> Fault:
        """The fault that an error of frictionless is."""
        if error.type in self.cells:
            return self.cells[error.type](table, error)
        row, at = getattr(error, "row_number", None), getattr(error, "field_number", None)
        values = {"note": " ".join(error.note.split()), "kind": error.type, "names": ",".join(table.names)}
        key = SENTENCES.get(error.type, "data.other")
        return self.teller.fault(table, key, row, at - 1 if at else None, **values)

    def _row_length(self, table: Table, error) -> Fault:
        have = len(table.rows[error.row_number - 1])
        key = "data.row-long" if have > len(table.names) else "data.row-short"
        return self.teller.fault(table, key, error.row_number, None, have=have, want=len(table.names))

    def _key(self, table: Table, error) -> Fault:
        at = table.names.index(table.key[0])
        return self.teller.fault(table, "data.primary-key", error.row_number, at, keys=", ".join(table.key))

    def _unique(self, table: Table, error) -> Fault:
        at = error.field_number - 1
        first = table.column(error.field_name).index(error.cell) + 2
        values = {"cell": error.cell, "first": self.teller.row(table, first)}
        return self.teller.fault(table, "data.unique", error.row_number, at, **values)

    def _foreign_key(self, table: Table, error) -> Fault:
        at, cell = table.names.index(error.field_names[0]), str(error.field_cells[0])
        other = self.tables[error.reference_name or table.name]  # no name: the table points to itself
        key = error.reference_field_names[0]
        values = {
            "cell": cell, "title": other.title(self.teller.language), "file": other.file,
            "letter": letters(other.names.index(key)), "near": hints.near(cell, other.column(key), self.teller),
        }  # fmt: skip
        return self.teller.fault(table, "data.foreign-key", error.row_number, at, **values)

    def _type(self, table: Table, error) -> Fault:
        field, cell, teller = table.fields[error.field_number - 1], str(error.cell), self.teller
        kind = field["type"]
        if kind == "date":
            what = hints.date_sentence(cell, teller)
        elif kind == "boolean":
            what = hints.boolean_sentence(cell, teller)
        elif kind in ("integer", "number"):
            what = hints.number_sentence(cell, kind, teller)
        else:
            what = teller.say("data.type", cell=cell, kind=kind)
        return Fault(table, f"data.type-{kind}", what, error.row_number, error.field_number - 1)

    def _constraint(self, table: Table, error) -> Fault:
        field, cell = table.fields[error.field_number - 1], str(error.cell or "")
        found = re.match(r'constraint "(\w+)" is "(.*)"', error.note, re.DOTALL)
        rule, limit = found.groups() if found else ("", error.note)
        key, values = self._said(rule, limit, table, field, cell)
        what = self.teller.say(key, cell=cell, rule=rule, limit=limit, **values)
        return Fault(table, key, what, error.row_number, error.field_number - 1)

    def _said(self, rule: str, limit: str, table: Table, field: dict, cell: str) -> tuple[str, dict]:
        """The sentence for a broken rule of a column, and what to put in."""
        teller, codes = self.teller, self.teller.codes(field)
        about = field.get("description" if teller.language == "id" else "description@en") or ""
        if rule == "required":
            return ("data.required-code", {"codes": codes}) if codes else ("data.required", {"about": about})
        if rule == "enum":
            return "data.enum", {"codes": codes, "near": self._near_code(field, cell)}
        if rule == "pattern":
            return self._pattern(table, field, cell, about)
        if rule in ("minimum", "maximum", "minLength", "maxLength"):
            return f"data.rule-{rule}", {"length": len(cell)}
        return "data.constraint", {}

    def _near_code(self, field: dict, cell: str) -> str:
        """The code whose label was typed instead, or the nearest code."""
        for labels in (field.get("labels", {}), field.get("labels@en", {})):
            for code, label in labels.items():
                if cell.strip().casefold() == label.casefold():
                    return self.teller.say("data.near", names=code)
        return hints.near(cell, [str(code) for code in field["constraints"]["enum"]], self.teller)

    def _pattern(self, table: Table, field: dict, cell: str, about: str) -> tuple[str, dict]:
        pattern = re.compile(field["constraints"]["pattern"])
        if whole := hints.lost_zeros(cell, pattern):
            return "data.lost-zeros", {"whole": whole, "length": len(cell), "wanted": len(whole)}
        if pattern.fullmatch(hints.EXAMPLE_DAY) and pattern.fullmatch("2027-01") and (day := hints.meant_day(cell)):
            return "data.date-meant", {"day": day, "long": hints.long_date(day, self.teller.language)}
        shown = hints.example(table, field)
        return ("data.pattern", {"example": shown, "about": about}) if shown else ("data.shape", {"about": about})
