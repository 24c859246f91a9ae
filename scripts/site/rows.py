"""The public tables of data/, read once for a build.

Every cell stays the text it is in the file: what a table allows is settled by its schema when the data is
checked, and what a reader sees is settled by the block that shows it.
"""

from functools import cached_property
from pathlib import Path

from forms_api.forms.tables import load_forms, read_csv, read_yaml
from forms_api.pages.render import Renderer


def is_true(cell: str) -> bool:
    """Whether a boolean cell says yes (the spellings a Table Schema takes as true)."""
    return cell in ("true", "True", "TRUE", "1")


class Tables:
    """The tables that data/datapackage.yaml names, and what their schemas say about them.

    Tables and schemas are read when they are first asked for and kept: make a new one for a new build.
    ``rows`` may hold tables by name that stand in for the files. ``asked`` collects the names of the tables that
    were asked for, and PAGES where the pages of docs/ were.
    """

    PAGES = "docs/"

    def __init__(self, data: Path, rows: dict[str, list[dict[str, str]]] | None = None):
        self.data = Path(data)
        self.asked: set[str] = set()
        self._rows = dict(rows or {})
        self._schemas: dict[str, dict] = {}
        self._groups: dict[tuple[str, str], dict[str, list[dict]]] = {}
        self._by_id: dict[str, dict[str, dict[str, str]]] = {}

    @cached_property
    def resources(self) -> dict[str, dict]:
        """The resources of the data package by name."""
        package = self._yaml("datapackage.yaml")
        return {resource["name"]: resource for resource in package["resources"]}

    @cached_property
    def hub(self) -> dict:
        """data/hub.yaml: the hub's name, operator, regency and public address."""
        return self._yaml("hub.yaml")

    @property
    def limits(self) -> dict[str, int]:
        """After how many months a row of each kind must be checked again."""
        self.asked.add("limits")
        return self._limits

    @cached_property
    def _limits(self) -> dict[str, int]:
        return {row["kind"]: int(row["months"]) for row in self.rows("limits")}

    @cached_property
    def forms(self) -> dict:
        """The forms of data/forms by name."""
        return load_forms(self.data)

    @cached_property
    def renderer(self) -> Renderer:
        """What writes a form as HTML, for pages and for the public door alike."""
        return Renderer(self.data)

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of a table in the order of its file. Raises KeyError for a table the package does not name."""
        self.asked.add(name)
        if name not in self._rows:
            self._rows[name] = read_csv(self.data / self.resources[name]["path"])
        return self._rows[name]

    def schema(self, name: str) -> dict:
        """The Table Schema of a table."""
        if name not in self._schemas:
            described = self.resources[name]["schema"]
            self._schemas[name] = self._yaml(described) if isinstance(described, str) else described
        return self._schemas[name]

    def by_id(self, name: str) -> dict[str, dict[str, str]]:
        """The rows of a table by its primary key (one column)."""
        self.asked.add(name)
        if name not in self._by_id:
            key = self.schema(name)["primaryKey"]
            key = key if isinstance(key, str) else key[0]
            self._by_id[name] = {cells[0]: cells[1][0] for cells in self.grouped(name, key).items()}
        return self._by_id[name]

    def grouped(self, name: str, column: str) -> dict[str, list[dict[str, str]]]:
        """The rows of a table by the value of one column, both in file order."""
        self.asked.add(name)
        if (name, column) not in self._groups:
            groups = self._groups[name, column] = {}
            for row in self.rows(name):
                groups.setdefault(row[column], []).append(row)
        return self._groups[name, column]

    def field(self, name: str, column: str) -> dict:
        """What the schema says about a column. Raises StopIteration for a column it does not have."""
        return next(each for each in self.schema(name)["fields"] if each["name"] == column)

    def label(self, name: str, column: str, code: str, language: str) -> str:
        """What readers see for a code. Raises KeyError when the schema has no label for it."""
        return self.field(name, column)["labels" if language == "id" else f"labels@{language}"][code]

    def _yaml(self, path: str) -> dict:
        return read_yaml(self.data / path)
