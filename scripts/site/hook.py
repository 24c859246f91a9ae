"""The one file that knows MkDocs. It gives the package beside it what it needs and puts back what it makes.

MkDocs calls these functions; the plugin for two languages runs the whole build once for Indonesian and, inside
that build's last event, once more for English. So nothing here may be done twice by accident.
"""

import os
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import ChoiceLoader, FileSystemLoader
from mkdocs.exceptions import PluginError

from forms_api import inline
from forms_api.words import long_date, pick
from scripts.pairs.pairs import all_pairs
from scripts.pairs.stale import anchors, with_notes, without_marks
from scripts.site.context import action, addresses, root_of, split, tasks
from scripts.site.editors import Rounds
from scripts.site.freshness import build_day
from scripts.site.generate import write_villages
from scripts.site.late import script
from scripts.site.menu import Entry, Menu, untranslated
from scripts.site.pages import read_pages
from scripts.site.resolve import resolve
from scripts.site.rows import Tables
from scripts.site.sentences import all_words
from scripts.site.view import Misplaced, UnknownName, View, site_path

ROOT = Path(__file__).resolve().parents[2]
KIT = {}  # the tables and words of the build that is running


def on_config(config):
    """Before the first language: read the tables, write the pages made from rows, look at the menu's names."""
    language = config.plugins["i18n"].current_language or "id"
    if not config.plugins["i18n"].building:
        KIT.update(tables=Tables(ROOT / "data"), words=all_words())
        KIT["today"] = _today(KIT["tables"].hub["time_zone"])
        english = config.plugins["i18n"].get_language_config("en").nav_translations or {}
        missing = untranslated(config.nav, english)
        if missing:
            raise PluginError(f"mkdocs.yml: no English name under nav_translations for {', '.join(missing)}")
        write_villages(Path(config.docs_dir), KIT["tables"], KIT["words"])
        KIT.update(pages=(pages := read_pages(Path(config.docs_dir))), pairs=all_pairs(pages), places={})
    hub = KIT["tables"].hub
    config.site_name = pick(hub, "name", language)
    config.site_url = os.environ.get("HUB_SITE_URL", hub["site_url"]).rstrip("/") + "/"
    return config


def on_files(files, config):
    """Leave out the theme's own script, styles and fonts: the hub's pages use none of them."""
    for file in [each for each in files if each.src_dir != config.docs_dir and not each.is_documentation_page()]:
        files.remove(file)
    return files


def on_page_markdown(markdown, page, config, files):
    """Take out what English sections remember of the Indonesian ones."""
    return without_marks(markdown)


def on_page_content(html, page, config, files):
    """Put in what the placeholders stand for."""
    if not page.meta.get("description"):
        raise PluginError(f"{page.file.src_uri}: the front matter has no description")
    language = config.plugins["i18n"].current_language
    view = View(language, _root(page), KIT["tables"], KIT["words"], Path(config.docs_dir), KIT["today"])
    html = _told_when_behind(html, page.file.norm_src_uri, view)
    try:
        return resolve(html, view)
    except (UnknownName, Misplaced) as wrong:
        raise PluginError(f"{page.file.src_uri}: {wrong}") from None


def _told_when_behind(html: str, name: str, view: View) -> str:
    """The Indonesian pages come first; their anchors are kept for the English ones."""
    if view.language == "id":
        KIT["places"][name] = anchors(html)
        return html
    known = [each for each in KIT["pairs"] if each.page == name]
    return with_notes(html, known, KIT["places"].get(name, []), view)


def on_env(env, config, files):
    """Let templates extend the hub's one shell, and say sentences in the language being built.

    Every page has been read by now, so ``files`` knows the titles that other pages want to show.
    """
    KIT.update(files=files, menu=None, env=env)
    shell = FileSystemLoader(ROOT / "forms_api" / "templates")
    env.loader = ChoiceLoader([env.loader, shell])
    # The generator's own environment escapes nothing; descriptions and addresses must be.
    env.autoescape, env.trim_blocks, env.lstrip_blocks = True, True, True
    language, say = config.plugins["i18n"].current_language, KIT["words"].say
    env.globals.update(
        language=language,
        hub=KIT["tables"].hub,
        pick=pick,
        w=partial(say, language),
        english=partial(say, "en"),
        late_script=script(),
        leave_script=inline.script("leave"),
        # For 404.html, which is shown at any depth.
        root=urlsplit(config.site_url).path,
        home=urlsplit(config.site_url).path,
    )
    return env


def on_page_context(context, page, config, nav):
    """Everything the page's template asks for."""
    language = config.plugins["i18n"].current_language
    if len(page.file.alternates) < 2:
        raise PluginError(f"{page.file.src_uri}: the page in the other language is missing")
    KIT["menu"] = KIT["menu"] or Menu([_entry(item) for item in nav.items])
    here, menu = _url(page), KIT["menu"]
    heading, content = split(page.content)
    context.update(addresses(page.file.norm_src_uri, language, config.site_url), heading=heading, content=content)
    context.update(leave=bool(page.meta.get("leave")))
    context.update(description=page.meta["description"], here=here, menu=menu.lines(here), trail=menu.trail(here))
    context.update(tasks=tasks(page.meta, context["root"], language))
    context.update(related=[_related(each, page, language) for each in page.meta.get("related") or []])
    try:
        context.update(action(page.meta, context["root"], language))
    except KeyError as unknown:
        raise PluginError(f"{page.file.src_uri}: action is {unknown}, not help, training or none") from None
    return context


def on_post_template(output_content, template_name, config):
    """One 404.html, written by the Indonesian build with both languages on it."""
    return "" if template_name == "404.html" and config.plugins["i18n"].building else output_content


def on_post_build(config):
    """The editors' page, written beside the others so that no menu and no map for search engines knows it."""
    language = config.plugins["i18n"].current_language
    lists = Rounds(KIT["tables"], KIT["pages"], KIT["words"], language, KIT["today"]).lists()
    context = {**addresses("editors/index.md", language, config.site_url), "canonical": "", "alternates": []}
    html = KIT["env"].get_template("editors.html").render(context, lists=lists, made=long_date(KIT["today"], language))
    file = Path(config.site_dir, site_path("editors/index.md", language), "index.html")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(html, encoding="utf-8")


def _today(zone: str):
    try:
        return build_day(zone)
    except ValueError as wrong:
        raise PluginError(str(wrong)) from None


def _url(page) -> str:
    return "" if page.url in (".", "./") else page.url


def _root(page) -> str:
    return root_of(_url(page))


def _entry(item) -> Entry:
    if item.is_page:
        return Entry(item.title, _url(item))
    first, *rest = [_entry(child) for child in item.children]
    own_index = item.children[0].is_page and item.children[0].file.name == "index"
    return Entry(item.title, first.url, tuple(rest if own_index and rest else [first, *rest]))


def _related(source: str, page, language: str) -> tuple[str, str]:
    """Title and address of a page named by its Indonesian path from docs/."""
    file = KIT["files"].get_file_from_path(source)
    if file is None or file.page is None:
        raise PluginError(f"{page.file.src_uri}: related names {source}, which does not exist")
    return file.page.title, _root(page) + site_path(source, language)
