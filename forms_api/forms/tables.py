"""The one judge: reads a form's Table Schema and checks answers against it.

Frictionless' own cell readers are made once at start, so that what is accepted here is what
``frictionless validate`` accepts in an export. Nothing else in the package imports frictionless.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import yaml
from frictionless import Schema

from forms_api.forms import phones
from forms_api.words import pick

# The C library, where Python has it (every published wheel does): ten times faster, the same answer.
YAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
KINDS = {
    "required": "missing", "type": "wrong_choice", "enum": "wrong_choice", "pattern": "wrong_choice",
    "maxLength": "too_long", "minLength": "too_short",
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """One thing wrong with one field. ``kind`` names a sentence ``fault.<kind>`` of the words file."""

    field: str
    kind: str


@dataclass(frozen=True)
class Choice:
    """A code that is stored, the labels that are shown, and the group it stands under in a long list."""

    code: str
    label: dict
    group: str = ""


@dataclass(frozen=True)
class Field:
    """One question of a form, or one of the columns every submission has."""

    spec: dict
    choices: tuple[Choice, ...] = ()

    @cached_property
    def name(self) -> str:
        return self.spec["name"]

    @property
    def type(self) -> str:
        """The Table Schema type: string, integer, boolean, date or datetime."""
        return self.spec["type"]

    @cached_property
    def control(self) -> str:
        """How the question is asked: radio, danger, select, village, text, textarea, tel or consent."""
        return self.spec.get("control", "")

    @cached_property
    def open(self) -> bool:
        """Whether the database holds it as it is, so that it can be filtered by; everything else is sealed."""
        return bool(self.spec.get("open"))

    @property
    def private(self) -> bool:
        """Whether the answer is personal: what an export leaves out unless it is asked for."""
        return bool(self.spec.get("private"))

    @property
    def exported(self) -> bool:
        """Whether it is of use outside the store."""
        return self.spec.get("export", True)

    @property
    def required(self) -> bool:
        return bool(self.spec.get("constraints", {}).get("required"))

    @property
    def longest(self) -> int | None:
        """The most characters an answer may have, or None."""
        return self.spec.get("constraints", {}).get("maxLength")

    def text(self, key: str, language: str) -> str:
        """``title``, ``description`` or ``ask`` in ``language``."""
        return pick(self.spec, key, language)

    def label(self, code, language: str) -> str:
        """What a person reads for the stored ``code``; the code itself where it has no label."""
        for choice in self.choices:
            if choice.code == str(code):
                return pick(choice.label, "label", language)
        return "" if code is None else str(code)


@dataclass(frozen=True)
class Form:
    """A form: its own fields, the common columns of every submission, and what its readers are told."""

    spec: dict
    fields: tuple[Field, ...]
    common: tuple[Field, ...]
    phone_region: str
    _readers: dict = field(repr=False, default_factory=dict)

    @cached_property
    def name(self) -> str:
        return self.spec["name"]

    @cached_property
    def columns(self) -> tuple[Field, ...]:
        """All that is known of a submission, the common columns first: the open ones stand in the form's table,
        the others are sealed."""
        return self.common + self.fields

    @cached_property
    def sealed(self) -> tuple[Field, ...]:
        """The columns that only an officer's key opens."""
        return tuple(each for each in self.columns if not each.open)

    @property
    def urgent(self) -> bool:
        """Whether it asks about danger: then whoever fills it in may have to leave at once."""
        return any(each.control == "danger" for each in self.fields)

    def text(self, key: str, language: str) -> str:
        """``title``, ``button``, ``purpose`` … of the form in ``language``."""
        return pick(self.spec, key, language)

    def check(self, answers: Mapping[str, object]) -> tuple[dict, list[Fault]]:
        """Judge ``answers`` (field name to text, or to a JSON value).

        Returns the values to store (None where nothing was answered; telephone numbers as E.164) and the
        faults in the order of the form. The values are worth something only when there are no faults.
        """
        faults = [Fault(name, "unknown_field") for name in answers if name not in self._readers]
        values = {}
        for each in self.fields:
            values[each.name], kind = self._read(each, answers.get(each.name))
            if kind:
                faults.append(Fault(each.name, kind))
        return values, faults

    def _read(self, each: Field, answer) -> tuple[object, str | None]:
        if answer is not None and not isinstance(answer, str | bool):
            return None, "not_text"
        try:
            cell = tidy(answer) if isinstance(answer, str) else answer
        except UnicodeEncodeError:
            return None, "not_text"
        value, notes = self._readers[each.name](cell)
        if notes:
            return None, next(KINDS[name] for name in KINDS if name in notes)
        if value is not None and each.control == "tel":
            try:
                value = phones.normalise(value, self.phone_region)
            except phones.NotAPhone:
                return None, "not_a_phone"
        return value, None


def tidy(text: str) -> str:
    """``text`` as it is kept: no space around it, one kind of line end, no control characters.

    Raises UnicodeEncodeError for half a character (a lone surrogate), which no database can hold.
    """
    if text.isprintable():  # most answers: nothing to take away but the space around it
        return text.strip()
    text.encode("utf-8")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return CONTROLS.sub("", text).strip()


def parse_yaml(text: str):
    """What a YAML text says. Raises yaml.YAMLError when it cannot be read."""
    return yaml.load(text, YAML)  # noqa: S506 - both loaders are the safe one


def read_yaml(path: Path) -> dict:
    """The mapping in the YAML file ``path``."""
    return parse_yaml(path.read_text(encoding="utf-8"))


def read_rows(data_dir: Path, resource: str) -> list[dict[str, str]]:
    """All rows of the table ``resource`` of ``data_dir/datapackage.yaml``, every cell as text.

    Raises KeyError when the package has no such table.
    """
    package = read_yaml(data_dir / "datapackage.yaml")
    paths = {each["name"]: each["path"] for each in package["resources"]}
    return read_csv(data_dir / paths[resource])


def read_csv(path: Path) -> list[dict[str, str]]:
    """All rows of a CSV of data/, every cell as text. A byte order mark, which Excel writes, is passed over."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def load_forms(data_dir: Path) -> dict[str, Form]:
    """Every form of ``data_dir/forms/``, by name, in the order the forms ask for."""
    common = _fields(read_yaml(data_dir / "forms" / "submission.schema.yaml"), data_dir)
    region = read_yaml(data_dir / "hub.yaml")["phone_region"]
    specs = [read_yaml(p) for p in (data_dir / "forms").glob("*.yaml") if p.name != "submission.schema.yaml"]
    forms = {}
    for spec in sorted(specs, key=lambda each: each["order"]):
        fields = _fields(spec, data_dir)
        readers = _schema(fields, spec["missingValues"]).create_cell_readers()
        forms[spec["name"]] = Form(spec, fields, common, region, readers)
    return forms


def _fields(spec: dict, data_dir: Path) -> tuple[Field, ...]:
    return tuple(Field(each, _choices(each, data_dir)) for each in spec["fields"])


def _choices(spec: dict, data_dir: Path) -> tuple[Choice, ...]:
    if rows := spec.get("rows"):
        return tuple(
            Choice(row[rows["value"]], {"label": row[rows["label"]], "label@en": row[rows["label"]]},
                   row[rows["group"]])
            for row in read_rows(data_dir, rows["resource"])
        )  # fmt: skip
    labels, english = spec.get("labels", {}), spec.get("labels@en", {})
    return tuple(Choice(code, {"label": labels[code], "label@en": english[code]}) for code in labels)


def plain_schema(fields: tuple[Field, ...], missing: list[str]) -> dict:
    """A Table Schema that stands alone: codes taken from another table are written out as an enum."""
    described = []
    for each in fields:
        spec = {key: value for key, value in each.spec.items() if key != "rows"}
        if "rows" in each.spec:
            spec["constraints"] = {**spec.get("constraints", {}), "enum": [c.code for c in each.choices]}
        described.append(spec)
    return {"fields": described, "missingValues": missing}


def _schema(fields: tuple[Field, ...], missing: list[str]) -> Schema:
    return Schema.from_descriptor(plain_schema(fields, missing))
