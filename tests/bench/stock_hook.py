"""The hook of bench_pages.py's stock site: only puts in what our placeholders stand for, so that the text is the same."""

from datetime import date
from pathlib import Path

from scripts.pairs.stale import without_marks
from scripts.site.context import root_of
from scripts.site.resolve import resolve
from scripts.site.rows import Tables
from scripts.site.sentences import all_words
from scripts.site.view import View

ROOT = Path(__file__).resolve().parents[2]
TABLES, WORDS = Tables(ROOT / "data"), all_words()


def on_page_markdown(markdown, page, config, files):
    """MkDocs calls this with a page's Markdown."""
    return without_marks(markdown)


def on_page_content(html, page, config, files):
    """MkDocs calls this with a page's HTML."""
    root = root_of("" if page.url in (".", "./") else page.url)
    language = config.plugins["i18n"].current_language
    return resolve(html, View(language, root, TABLES, WORDS, Path(config.docs_dir), date.today()))
