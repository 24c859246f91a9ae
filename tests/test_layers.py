"""Imports point down, and the house keeps the budgets that its plan sets."""

import ast
import statistics
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
API = ROOT / "forms_api"
# A floor is a folder, or a module beside the folders; it may import what stands before it. public and desk are two
# sides of one house: neither knows the other.
FLOORS = [("config", "words"), ("forms",), ("pages", "store"), ("keys",), ("people",), ("case",), ("door",),
          ("public", "desk"), ("app",), ("commands",), ("__main__",)]  # fmt: skip
FLOOR = {name: number for number, names in enumerate(FLOORS) for name in names}
MOST_IN_A_FOLDER = 10
OWNERS = {
    "frictionless": {"forms.tables"}, "sqlite_utils": {"store.sqlite"}, "sqlite3": {"store.sqlite", "store.sqlite_errors", "store.backup"},
    "psycopg": {"store.postgres"}, "xlsxwriter": {"desk.export"}, "phonenumbers": {"forms.phones"}, "jinja2": {"pages.render"},
    "fastapi": {"app"}, "pyotp": {"keys.second"}, "nacl": {"keys.seal"}, "argon2": {"keys.seal", "keys.receipts"},
    "apprise": {"case.services"}, "zxcvbn": {"people.accounts"}, "smtplib": {"case.mail"},
}  # fmt: skip


def modules() -> dict[str, ast.Module]:
    """Each module by its dotted name within forms_api; a folder's own by the folder's name."""
    names = {path: ".".join(path.relative_to(API).with_suffix("").parts).removesuffix(".__init__") for path in API.rglob("*.py")}
    return {name: ast.parse(path.read_text(encoding="utf-8")) for path, name in names.items() if name != "__init__"}


def imported(tree: ast.Module) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return names


def ours(tree: ast.Module) -> set[str]:
    """What a module imports of forms_api, by its name there."""
    return {each.removeprefix("forms_api.") for each in imported(tree) if each.startswith("forms_api.")}


def test_every_module_has_a_floor():
    assert {name.split(".")[0] for name in modules()} == set(FLOOR)


def test_a_folder_is_small_and_says_what_is_in_it():
    for folder in {path.parent for path in API.rglob("*.py")} - {API}:
        assert len(list(folder.glob("*.py"))) <= MOST_IN_A_FOLDER, folder.name
        assert ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))), folder.name


def test_imports_point_down():
    for name, tree in modules().items():
        floor = name.split(".")[0]
        for other in {each.split(".")[0] for each in ours(tree)} - {floor}:
            assert FLOOR[other] < FLOOR[floor], f"{name} imports {other}"


def test_no_two_modules_of_a_folder_import_each_other():
    """But a store's front door opens the rooms behind it, and only when it is asked to."""
    found = modules()
    inside = {name: ours(tree) & set(found) for name, tree in found.items()}
    for name, others in inside.items():
        known, asked = set(), {each for each in others if (name, each.split(".")[0]) != ("store", "store")}
        while asked:
            other = asked.pop()
            known.add(other)
            asked |= {each for each in inside[other] if other != "store"} - known
        assert name not in known, f"{name} imports itself by way of another"


def test_one_room_knows_each_library():
    for name, tree in modules().items():
        for library in {each.split(".")[0] for each in imported(tree)} & set(OWNERS):
            assert name in OWNERS[library], f"{name} imports {library}"


def test_forms_api_knows_nothing_of_the_generator():
    for tree in modules().values():
        assert not {each for each in imported(tree) if each.startswith(("mkdocs", "scripts"))}


def code() -> list[Path]:
    return [path for folder in ("forms_api", "scripts") for path in (ROOT / folder).rglob("*.py")]


def test_modules_are_small():
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in code()}
    assert statistics.median(lengths.values()) <= 100
    assert [str(path) for path, length in lengths.items() if length > 250] == []


def test_functions_are_small():
    lengths = [
        (node.end_lineno - node.lineno + 1, node.name)
        for path in code()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert [name for length, name in lengths if length > 50] == []
    assert sum(length <= 25 for length, _ in lengths) >= 0.9 * len(lengths)


def test_public_functions_say_what_they_do():
    for path in code():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            public = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            if public and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{path.name}: {node.name}"


def test_templates_and_readme_are_short():
    for path in [*(ROOT / "forms_api").rglob("*.html"), *(ROOT / "scripts").rglob("*.html")]:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 60, path.name
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 100
