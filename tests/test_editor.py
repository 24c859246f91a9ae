"""The browser editor: what it is told, what it may reach, and what a save changes."""

import hashlib
import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from scripts import editor
from scripts.site.pages import Page, read_pages

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "scripts" / "editor" / "vendor"
DOCS = ROOT / "docs"
MENU = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
HUB = {"name": "Desa Migran Emas"}
GITHUB = {"name": "github", "repo": "desa/hub", "auth_methods": ["token"]}
COSTS = ("docs/guides/before/costs.md", "docs/guides/before/costs.en.md")


def pages_told(settings: dict) -> set[str]:
    """The Indonesian pages that the editor finds with these settings."""
    found = set()
    for collection in settings["collections"]:
        found |= {each["file"].replace(".{{locale}}", "") for each in collection.get("files", [])}
        if folder := collection.get("folder"):
            found |= {f"{folder}/{path.name}" for path in (ROOT / folder).glob("*.md") if not path.stem.endswith(".en")}
    return found


def test_every_pair_of_pages_is_told_and_no_page_for_maintainers():
    pairs = {f"docs/{name}" for name, page in read_pages(DOCS).items() if page.language == "id"}
    assert len(pairs) > 40
    assert pages_told(editor.settings(DOCS, HUB, MENU)) == pairs


def test_both_languages_stand_side_by_side_under_the_names_of_the_menu():
    settings = editor.settings(DOCS, HUB, MENU)
    assert settings["i18n"]["locales"] == ["id", "en"]
    assert settings["i18n"]["omit_default_locale_from_file_path"] is True
    labels = {each.get("folder"): each["label"] for each in settings["collections"]}
    assert labels["docs/guides/before"] == "Sebelum berangkat"
    assert labels["docs/agencies"] == "Lembaga penempatan"
    assert all(each["i18n"] for each in settings["collections"])


def test_the_fields_are_those_of_a_page_and_the_text_is_a_plain_box():
    fields = {each["name"]: each for each in editor.settings(DOCS, HUB, MENU)["collections"][1]["fields"]}
    assert list(fields) == ["description", "related", "action", "body"]
    assert fields["body"]["widget"] == "text"
    assert [each["value"] for each in fields["action"]["options"]] == ["help", "training", "none"]


def test_no_host_may_be_reached_but_the_one_that_is_named():
    assert "http" not in editor.policy(HUB)
    assert editor.policy({"editor_backend": {}}) == editor.policy(HUB)
    with_host = editor.policy({"editor_backend": GITHUB})
    assert with_host.replace(" https://api.github.com", "") == editor.policy(HUB)
    assert "connect-src 'self' blob: data: https://git.example;" in editor.policy(
        {"editor_backend": {"name": "gitea", "repo": "a/b", "api_root": "https://git.example"}}
    )


def test_the_git_host_of_the_settings_is_passed_on():
    assert editor.settings(DOCS, {**HUB, "editor_backend": GITHUB}, MENU)["backend"] == GITHUB


def test_the_page_and_the_line_for_the_web_server_say_the_same_policy(site):
    policy = (site / "edit/csp.txt").read_text(encoding="utf-8").strip()
    assert f'content="{policy}"' in (site / "edit/index.html").read_text(encoding="utf-8")
    assert "unsafe-eval'" not in policy.replace("'wasm-unsafe-eval'", "")


def test_the_script_is_the_one_whose_hash_is_written_down_with_its_licences():
    script = (VENDOR / "sveltia-cms.js").read_bytes()
    assert hashlib.sha256(script).hexdigest() in (VENDOR / "README.md").read_text(encoding="utf-8")
    assert (VENDOR / "LICENSE.txt").exists()
    fonts = {path.name for path in (VENDOR / "fonts").glob("*.woff2")}
    assert len(fonts) == 3
    for name in fonts:
        assert f"fonts/{name}".encode() in script
        assert (VENDOR / "fonts" / f"{name.removesuffix('.woff2')}.LICENSE.txt").exists()


def test_a_build_without_the_extra_has_no_editor(built_site):
    assert not (built_site / "edit").exists()


def test_without_a_site_the_command_says_what_to_run(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["editor", "--site-dir", str(tmp_path)])
    assert editor.main() == 1
    assert "build --with-editor" in capsys.readouterr().out


def test_the_command_says_how_to_open_it(tmp_path, monkeypatch, capsys):
    (tmp_path / "index.html").write_text("x", encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["editor", "--site-dir", str(tmp_path)])
    assert editor.main() == 0
    assert "/edit/" in capsys.readouterr().out
    assert json.loads((tmp_path / "edit/config.json").read_text(encoding="utf-8"))["collections"]


@pytest.fixture
def site(tmp_path) -> Path:
    """A site that holds nothing but the editor and a page to start from."""
    (tmp_path / "start.html").write_text("<!doctype html><title>x</title>", encoding="utf-8")
    editor.write_editor(tmp_path, DOCS, HUB, MENU)
    return tmp_path


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def served(site):
    """The address of that site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


# A folder inside the browser stands for the one a person would pick: same interface, no window to click in.
PICKED = """
window.showDirectoryPicker = () => navigator.storage.getDirectory();
FileSystemHandle.prototype.queryPermission ??= async () => 'granted';
FileSystemHandle.prototype.requestPermission ??= async () => 'granted';
window.violations = [];
document.addEventListener('securitypolicyviolation', e => violations.push(`${e.violatedDirective} ${e.blockedURI}`));
"""
FILL = """async files => {
  for (const [path, text] of Object.entries(files)) {
    const parts = path.split('/'), name = parts.pop();
    let folder = await navigator.storage.getDirectory();
    for (const part of parts) folder = await folder.getDirectoryHandle(part, {create: true});
    const stream = await (await folder.getFileHandle(name, {create: true})).createWritable();
    await stream.write(text); await stream.close();
  }
}"""
READ = """async () => {
  const found = {};
  const walk = async (folder, above) => {
    for await (const [name, handle] of folder.entries()) {
      if (handle.kind === 'directory') await walk(handle, above + name + '/');
      else found[above + name] = await (await handle.getFile()).text();
    }
  };
  await walk(await navigator.storage.getDirectory(), '');
  return found;
}"""


def hub_folder() -> dict[str, str]:
    """What the editor reads of the hub's folder: every public page, and that it is a repository."""
    pages = {f"docs/{name}": page.text for name, page in read_pages(DOCS).items()}
    pages[COSTS[1]] = pages[COSTS[1]].replace("## What is clear", "## What is clear\n<!-- id:2 0123456789ab -->")
    return {**pages, ".git/HEAD": "ref: refs/heads/main\n"}


@pytest.mark.browser
def test_a_save_writes_both_languages_and_touches_nothing_else(chromium, served):
    tab = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.add_init_script(PICKED)
    tab.goto(f"{served}/start.html")
    before = hub_folder()
    tab.evaluate(FILL, before)

    tab.goto(f"{served}/edit/")
    tab.get_by_role("button", name="Local Repository").click()
    tab.get_by_text("Sebelum berangkat").first.wait_for()
    tab.goto(f"{served}/edit/#/collections/guides-before/entries/costs")
    boxes = tab.locator("textarea")
    boxes.nth(1).wait_for()
    for box, added in zip((boxes.nth(0), boxes.nth(1)), ("Baris baru.", "A new line."), strict=True):
        box.fill(f"{box.input_value().rstrip()}\n\n{added}\n")
    tab.get_by_role("button", name="Save").first.click()
    tab.get_by_text("Entry saved").first.wait_for()

    after = tab.evaluate(READ)
    violations = tab.evaluate("violations")
    tab.context.close()
    assert {name for name in after if after[name] != before.get(name)} == set(COSTS)
    for name, added in zip(COSTS, ("Baris baru.", "A new line."), strict=True):
        old, new = Page(name, before[name]), Page(name, after[name])
        assert new.meta == old.meta
        assert new.body.strip() == f"{old.body.strip()}\n\n{added}"
    assert violations == []
    assert {urlsplit(url.removeprefix("blob:")).netloc for url in asked} == {urlsplit(served).netloc}
