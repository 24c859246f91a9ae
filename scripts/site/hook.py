"""What MkDocs calls while it builds; beside scripts/build.py, which starts it, the one file that knows it. It gives the
package around it what it needs and puts back what it makes.

MkDocs calls these functions; the plugin for two languages runs the whole build once for Indonesian and, inside
that build's last event, once more for English. So nothing here may be done twice by accident.
"""

import os
from functools import partial
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import material
from jinja2 import ChoiceLoader, FileSystemLoader
from markupsafe import escape
from mkdocs.exceptions import PluginError

from forms_api.pages import inline
from forms_api.words import long_date, pick
from scripts.pairs.pairs import all_pairs
from scripts.pairs.stale import anchors, with_notes, without_marks
from scripts.site.blocks import BLOCKS
from scripts.site.context import action, addresses, missing, root_of, split, tasks
from scripts.site.editors import Rounds
from scripts.site.freshness import build_day
from scripts.site.kept import Kept, frame
from scripts.site.late import script
from scripts.site.lone_links import with_room
from scripts.site.menu import Entry, Menu, untranslated
from scripts.site.pages import NAME, read_pages
from scripts.site.resolve import resolve
from scripts.site.rows import Tables
from scripts.site.scripts import script as joined
from scripts.site.sentences import all_words
from scripts.site.view import Misplaced, UnknownName, View, site_path
from scripts.site.village_pages import FEW, META, OWN_TABLES, article, from_here, linked, own_rows, village_pages
from scripts.site.worker import is_on, page_script

ROOT = Path(__file__).resolve().parents[2]
THEIRS = Path(material.__file__).parent / "templates"
KIT = {}  # the tables and words of the build that is running


def on_config(config):
    """Before the first language: read the tables, look at the menu's names."""
    language = config.plugins["i18n"].current_language or "id"
    if not config.plugins["i18n"].building:
        KIT.update(tables=Tables(ROOT / "data"), words=all_words())
        KIT["today"] = _today(KIT["tables"].hub["time_zone"])
        english = config.plugins["i18n"].get_language_config("en").nav_translations or {}
        missing = untranslated(config.nav, english)
        if missing:
            raise PluginError(f"mkdocs.yml: no English name under nav_translations for {', '.join(missing)}")
        everything = frame(ROOT / "data", str(KIT["today"]), os.environ.get("HUB_SITE_URL", ""))
        KIT["kept"] = Kept(KIT["tables"], Path(config.docs_dir), everything)
        pages = read_pages(Path(config.docs_dir))
        if lost := [f"docs/{name}" for name in pages if not NAME.fullmatch(name)]:
            raise PluginError(f"{', '.join(lost)}: no page is made of a file with such a name; write it like costs.md")
        KIT.update(pages=pages, pairs=all_pairs(pages), places={}, many=config.extra.get("many"))
    hub = KIT["tables"].hub
    config.site_name = pick(hub, "name", language)
    config.site_url = os.environ.get("HUB_SITE_URL", hub["site_url"]).rstrip("/") + "/"
    # No page uses a template, style or script of the theme's; to look through its ten thousand icons takes time.
    config.theme.dirs = [each for each in config.theme.dirs if Path(each) != THEIRS]
    return config


def on_files(files, config):
    """Leave out what lies beside the templates: pages hold the scripts they need."""
    for file in [each for each in files if each.src_dir != config.docs_dir and not each.is_documentation_page()]:
        files.remove(file)
    return files


def on_page_markdown(markdown, page, config, files):
    """Take out what English sections remember of the Indonesian ones, and find the villages' pages."""
    return linked(without_marks(markdown), KIT["tables"])


def on_page_content(html, page, config, files):
    """Put in what the placeholders stand for."""
    if not page.meta.get("description"):
        raise PluginError(f"{page.file.src_uri}: the front matter has no description")
    language = config.plugins["i18n"].current_language
    view = View(language, _root(page), KIT["tables"], KIT["words"], Path(config.docs_dir), KIT["today"])
    html = _told_when_behind(from_here(html, view), page.file.norm_src_uri, view)
    try:
        return KIT["kept"].made(f"{language}:{page.file.norm_src_uri}", html, lambda: with_room(resolve(html, view)))
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
        agency_script=joined("name-book.js", "agency.js"),
        search_script=joined(f"stem-{language}.js", "search.js"),
        offline_script=page_script(urlsplit(config.site_url).path) if is_on(KIT["tables"].hub) else "",
        picture=urljoin(config.site_url, "assets/og.png"),
        leave_script=inline.script("leave"),
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
    related = page.meta.get("related") or []
    context.update(related=[_related(each, page.file.src_uri, here, language) for each in related])
    try:
        context.update(action(page.meta, context["root"], language))
    except KeyError as unknown:
        raise PluginError(f"{page.file.src_uri}: action is {unknown}, not help, training or none") from None
    return context


def on_post_template(output_content, template_name, config):
    """None of the generator's: the page for what is missing is written below, in each language, and the map for
    search engines is read off the finished pages."""
    return ""


def on_post_build(config):
    """The pages that have no file under docs/: the villages', the editors', and the one for what is missing."""
    language = config.plugins["i18n"].current_language
    _write_villages(config, language)
    _write_editors(config, language)
    if config.plugins["i18n"].building:  # English, the last
        KIT["kept"].save()
    context = missing(config.site_url, language)
    _write(Path(config.site_dir, context["file"]), KIT["env"].get_template("404.html").render(context))
    _write_not_saved(config, language, context)


def _write_villages(config, language: str) -> None:
    pages = village_pages(KIT["tables"], KIT["words"], language)
    one = site_path("villages/one.md", language)  # all of them lie as deep
    related = [_related(each, "villages/one.md", one, language) for each in META["related"]]
    same = {"related": related, **action(META, root_of(one), language)}
    few = len(pages) <= FEW or KIT["many"] is None  # None: the generator was started without scripts/build.py
    for page in pages:
        here = site_path(page.name, language)
        about = {
            "menu": KIT["menu"].lines(here), "trail": KIT["menu"].trail(here),
            **addresses(page.name, language, config.site_url), **same,
        }  # fmt: skip
        source = repr((about, page, own_rows(page, KIT["tables"])))
        make = partial(_village, page, language, about)
        html = KIT["kept"].made(f"{language}:{page.name}", source, make, besides=OWN_TABLES)
        if few:
            _write(Path(config.site_dir, here, "index.html"), html)
        else:
            KIT["many"][f"{here}index.html"] = html


def _village(page, language: str, about: dict) -> str:
    view = View(language, about["root"], KIT["tables"], KIT["words"], today=KIT["today"])
    return KIT["env"].get_template("main.html").render(
        about, page=page, heading=f"<h1>{escape(page.title)}</h1>", content=article(page, view),
        here=site_path(page.name, language), description=page.description,
    )  # fmt: skip


def _write_editors(config, language: str) -> None:
    """Written beside the others so that no menu and no map for search engines knows it."""
    lists = Rounds(KIT["tables"], KIT["pages"], KIT["words"], language, KIT["today"]).lists()
    context = {**addresses("editors/index.md", language, config.site_url), "canonical": "", "alternates": []}
    html = KIT["env"].get_template("editors.html").render(context, lists=lists, made=long_date(KIT["today"], language))
    _write(Path(config.site_dir, site_path("editors/index.md", language), "index.html"), html)


def _write_not_saved(config, language: str, context: dict) -> None:
    """What the worker shows in the place of a page that is not on the phone; like the one for what is missing, it is
    shown at any depth."""
    view = View(language, context["root"], KIT["tables"], KIT["words"], Path(config.docs_dir), KIT["today"])
    numbers = BLOCKS["contacts"]("emergency", view)
    html = KIT["env"].get_template("not-saved.html").render(context, numbers=numbers)
    _write(Path(config.site_dir, site_path("not-saved/index.md", language), "index.html"), html)


def _write(file: Path, html: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(html, encoding="utf-8", newline="\n")


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


def _related(source: str, name: str, here: str, language: str) -> tuple[str, str]:
    """Title and address, from the page ``name`` at ``here``, of a page named by its Indonesian path from docs/."""
    file = KIT["files"].get_file_from_path(source)
    if file is None or file.page is None:
        raise PluginError(f"{name}: related names {source}, which does not exist")
    return file.page.title, root_of(here) + site_path(source, language)
