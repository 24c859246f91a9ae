"""The map for search engines, read off the finished pages: those that name their own address, each with its twin.

Pages without one (what is missing, the editors' lists) are not in it. No date of change: the build does not know it,
and a wrong one is worse than none (sitemaps.org, lastmod is optional).
"""

from html import escape
from pathlib import Path

from scripts.site.tags import tags

FILE = "sitemap.xml"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)


def write_sitemap(site: Path, others: dict[str, str] | None = None) -> None:
    """Write ``site/sitemap.xml``; ``others`` are lines of pages that are not in the folder, by their path."""
    found = {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    lines = {name: entry(html) for name, html in found.items()}
    entries = [line for _, line in sorted((lines | (others or {})).items())]
    (site / FILE).write_text(f"{_HEAD}{''.join(entries)}</urlset>\n", encoding="utf-8", newline="\n")


def entry(html: str) -> str:
    """A page's line in the map; empty for a page that names no address of its own."""
    links = [attributes for tag, attributes in tags(html.partition("</head>")[0]) if tag == "link"]
    own = next((each["href"] for each in links if each.get("rel") == "canonical"), "")
    twins = [
        f'<xhtml:link rel="alternate" hreflang="{each["hreflang"]}" href="{escape(each["href"])}"/>'
        for each in links
        if each.get("rel") == "alternate"
    ]
    return f"<url><loc>{escape(own)}</loc>{''.join(twins)}</url>\n" if own else ""
