"""Put the browser editor into a built site: ``python -m scripts.editor [--site-dir site]`` writes site/edit/.

The editor itself is a script of others, kept in scripts/editor/vendor/. Here its settings are made from the folders
of docs/, so that a new folder of pages needs nothing here.
"""

import argparse
import json
import shutil
from pathlib import Path

import yaml

from forms_api.words import LANGUAGES
from scripts.site.context import ACTIONS
from scripts.site.sentences import all_words

ROOT = Path(__file__).resolve().parents[1]
PARTS = ROOT / "scripts" / "editor"
HOSTS = {"github": "https://api.github.com", "gitlab": "https://gitlab.com"}
WORDS = all_words()
# Nothing but what lies beside the page, and the one git host that the settings name. Its styles are made as it runs.
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
    "img-src 'self' data: blob:; media-src blob:; manifest-src 'self' blob: data:; "
    "connect-src 'self' blob: data:{host}; form-action 'none'; base-uri 'none'"
)
# The editor wants a git host named even when only a folder on one's own machine is opened.
NO_HOST = {"name": "github", "repo": "folder/only", "auth_methods": ["token"]}


def say(key: str, **values) -> str:
    """A label, in Indonesian: the editor's own words exist in English only, ours need not."""
    return WORDS.say("id", f"editor.{key}", **values)


def settings(docs: Path, hub: dict, menu: list) -> dict:
    """Everything the editor must know, as its configuration file says it.

    ``hub`` is data/hub.yaml and ``menu`` the nav of mkdocs.yml, which gives the folders their names.
    """
    names = folder_names(menu)
    folders = sorted({path.parent.relative_to(docs).as_posix() for path in docs.rglob("*.md")} - {"."})
    public = [folder for folder in folders if folder.split("/")[0] != "maintain"]
    return {
        "backend": hub.get("editor_backend") or NO_HOST,
        "app_title": say("title", name=hub["name"]),
        "media_folder": "docs/assets",
        "public_folder": "/assets",
        "show_preview_links": False,
        "i18n": {
            "structure": "multiple_files",
            "locales": list(LANGUAGES),
            "default_locale": LANGUAGES[0],
            "omit_default_locale_from_file_path": True,
        },
        "output": {"omit_empty_optional_fields": True},
        "collections": [_top(docs), *(_folder(folder, names.get(folder, folder)) for folder in public)],
    }


def folder_names(menu: list) -> dict[str, str]:
    """What the menu calls the folder of each section's first page."""
    found = {}
    for entry in menu:
        for title, target in entry.items() if isinstance(entry, dict) else []:
            if isinstance(target, list):
                first = next((each for each in target if isinstance(each, str)), "")
                found |= {first.rpartition("/")[0]: title, **folder_names(target)}
    return found


def policy(hub: dict) -> str:
    """The Content-Security-Policy of /edit/: no host but the one whose repository it may write to."""
    backend = hub.get("editor_backend") or {}
    host = backend.get("api_root") or HOSTS.get(backend.get("name"), "")
    return POLICY.format(host=f" {host}" if host else "")


def write_editor(site: Path, docs: Path, hub: dict, menu: list) -> Path:
    """Write the editor with its settings into ``site/edit/``, replacing what was there; gives the folder."""
    folder = site / "edit"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(PARTS / "vendor", folder, ignore=shutil.ignore_patterns("README.md"))
    page = (PARTS / "index.html").read_text(encoding="utf-8")
    _write(folder / "index.html", page.format(policy=policy(hub), title=say("title", name=hub["name"])))
    _write(folder / "config.json", json.dumps(settings(docs, hub, menu), ensure_ascii=False, indent=1) + "\n")
    _write(folder / "csp.txt", policy(hub) + "\n")
    return folder


def _folder(folder: str, name: str) -> dict:
    return {
        "name": folder.replace("/", "-"),
        "label": name,
        "label_singular": say("page"),
        "folder": f"docs/{folder}",
        "create": False,
        "delete": False,
        "duplicate": False,
        "identifier_field": "description",
        "summary": "{{slug}}: {{description}}",
        "thumbnail": False,
        "editor": {"preview": False},
        "i18n": True,
        "fields": _fields(),
    }


def _top(docs: Path) -> dict:
    """The pages that stand in no folder: the home page, and others by their names."""
    names = sorted(path.stem for path in docs.glob("*.md") if not path.stem.endswith(".en"))
    pages = [
        {
            "name": name,
            "label": say("home") if name == "index" else name,
            "file": f"docs/{name}.{{{{locale}}}}.md",
            "i18n": True,
            "fields": _fields(),
        }
        for name in names
    ]
    return {"name": "home", "label": say("home"), "i18n": True, "editor": {"preview": False}, "files": pages}


def _fields() -> list[dict]:
    options = [{"value": each, "label": say(f"action-{each}")} for each in [*ACTIONS, "none"]]
    return [
        {"name": "description", "label": say("description"), "hint": say("description-hint"), "widget": "string",
         "i18n": True, "minlength": 60, "maxlength": 155},
        {"name": "related", "label": say("related"), "hint": say("related-hint"), "widget": "list", "max": 3,
         "required": False, "i18n": "duplicate"},
        {"name": "action", "label": say("action"), "widget": "select", "options": options, "default": "none",
         "required": False, "i18n": "duplicate"},
        # A plain box, not a rich one: that would rewrite boxes, tables and [[…]].
        {"name": "body", "label": say("body"), "hint": say("body-hint"), "widget": "text", "i18n": True},
    ]  # fmt: skip


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site-dir", type=Path, default=ROOT / "site")
    site = parser.parse_args().site_dir.resolve()
    if not (site / "index.html").is_file():
        print(say("not-built", site=site))
        return 1
    hub = yaml.safe_load((ROOT / "data" / "hub.yaml").read_text(encoding="utf-8"))
    menu = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    print(say("built", folder=write_editor(site, ROOT / "docs", hub, menu), site=site))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
