"""Imports point down, and the house keeps the budgets that its plan sets."""

import ast
import statistics
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FLOORS = [
    ("config", "words", "phones", "receipts", "headers", "limits", "tokens", "states", "days", "mail"),
    ("tables", "seal", "inline"),
    ("store", "store_sql", "store_sqlite", "store_postgres", "writer", "backup", "export", "render"),
    ("opener", "throttle", "second", "move", "sight", "villages"),
    ("team",),
    ("accounts", "messages", "forgetting", "notices"),
    ("joining",),
    ("officers", "cases"),
    ("visits", "guesses"),
    ("door", "gate", "openapi"),
    ("receipt_page",),
    ("follow_up", "public", "signing", "desk", "finding", "casework", "key_in", "downloads", "account_page", "colleagues", "files"),
    ("app",),
    ("doctor",),
    ("upkeep", "chores"),
    ("clerk",),
    ("keys",),
    ("__main__",),
]
FLOOR = {name: number for number, names in enumerate(FLOORS) for name in names}
OWNERS = {
    "frictionless": {"tables"}, "sqlite_utils": {"store_sqlite"}, "sqlite3": {"store_sqlite", "backup"}, "psycopg": {"store_postgres"},
    "xlsxwriter": {"export"}, "phonenumbers": {"phones"}, "jinja2": {"render"}, "fastapi": {"app"},
    "pyotp": {"second"}, "nacl": {"seal"}, "argon2": {"seal", "receipts"},
}  # fmt: skip


def modules() -> dict[str, ast.Module]:
    files = [path for path in (ROOT / "forms_api").glob("*.py") if path.stem != "__init__"]
    return {path.stem: ast.parse(path.read_text(encoding="utf-8")) for path in files}


def imported(tree: ast.Module) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return names


def test_every_module_has_a_floor():
    assert set(modules()) == set(FLOOR)


def test_imports_point_down():
    # a store is opened by its url, so the floor's own front door may reach into the rooms beside it
    beside = {("store", "store_sqlite"), ("store_sqlite", "store"), ("store", "store_postgres"), ("store_postgres", "store"),
              ("store_sql", "store"), ("store_sqlite", "store_sql"), ("store_postgres", "store_sql"), ("writer", "store"), ("backup", "store"),
              ("cases", "messages"), ("cases", "team"), ("messages", "team"), ("downloads", "desk"), ("downloads", "signing"),
              ("desk", "signing"), ("finding", "desk"), ("finding", "signing"), ("casework", "desk"), ("casework", "signing"), ("key_in", "desk"), ("key_in", "signing"), ("account_page", "signing"), ("colleagues", "signing"), ("openapi", "door"), ("gate", "door")}  # fmt: skip
    for name, tree in modules().items():
        for other in {each.split(".")[1] for each in imported(tree) if each.startswith("forms_api.")} & set(FLOOR):
            assert FLOOR[other] < FLOOR[name] or (name, other) in beside, f"{name} imports {other}"


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
