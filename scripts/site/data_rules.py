"""Faults in the tables of data/, as sentences an editor can act on.

frictionless is the judge; its reports are written for programmers, so the ones editors meet are said again here.
"""

from pathlib import Path

from frictionless import Package, errors

from forms_api.words import Words

# Kinds of frictionless errors that have a sentence of their own in words/check.toml; the rest get "check.data-other".
SAID = {
    "type-error": "type",
    "constraint-error": "constraint",
    "unique-error": "unique",
    "primary-key": "primary-key",
    "foreign-key": "foreign-key",
    "missing-cell": "missing-cell",
    "extra-cell": "extra-cell",
    "blank-row": "blank-row",
    "blank-label": "label",
    "missing-label": "label",
    "extra-label": "label",
    "incorrect-label": "label",
    "duplicate-label": "label",
    "encoding-error": "encoding",
}


def data_faults(data: Path, words: Words, language: str) -> list[tuple[str, str, str]]:
    """(file, place, what is wrong) for each fault of the data package and its tables; empty when all is well."""
    report = Package(str(data / "datapackage.yaml")).validate()
    found = [("data/datapackage.yaml", "", error.message) for error in report.errors]
    for task in report.tasks:
        file = f"data/{task.place}"
        found += [(file, *_said(error, words, language)) for error in task.errors]
    return found


def _said(error: errors.Error, words: Words, language: str) -> tuple[str, str]:
    """Where and what: ``row 12, column dial`` and a sentence."""
    place = []
    if getattr(error, "row_number", None):
        place.append(words.say(language, "check.row", row=error.row_number))
    if getattr(error, "field_name", None):
        place.append(words.say(language, "check.column", column=error.field_name))
    key = SAID.get(error.type, "other")
    cell = getattr(error, "cell", "") or ""
    return ", ".join(place), words.say(language, f"check.data-{key}", cell=cell, message=error.message, note=error.note)
