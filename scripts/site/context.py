"""What a page's template is told, worked out from plain values."""

from urllib.parse import urlencode, urlsplit

from forms_api.words import LANGUAGES
from scripts.site.view import site_path

ACTIONS = {"help": "forms/help.md", "training": "forms/training.md"}


def root_of(url: str) -> str:
    """The way from a page's address (from the site's root) back to the root: ``../../`` or empty."""
    return "../" * url.count("/")


def split(html: str) -> tuple[str, str]:
    """The h1 a page begins with, and the rest; the template puts the description between them."""
    head, end, rest = html.partition("</h1>")
    return (head + end, rest) if end else ("", html)


def addresses(page: str, language: str, site_url: str) -> dict:
    """Links that a page carries about itself: root, home, the other language, canonical, alternates, report.

    ``page`` is the Indonesian path from docs/; ``site_url`` ends with a slash. Search engines want alternates absolute
    and with x-default.
    """
    here = site_path(page, language)
    other = next(each for each in LANGUAGES if each != language)
    alternates = [(each, site_url + site_path(page, each)) for each in LANGUAGES]
    return {
        "root": root_of(here),
        "home": root_of(here) + site_path("index.md", language) or "./",
        "other": other,
        "other_url": root_of(here) + site_path(page, other) or "./",
        "canonical": site_url + here,
        "alternates": [*alternates, ("x-default", alternates[0][1])],
        "mistake_url": "/forms/mistake?" + urlencode({"page": "/" + here, "lang": language}),
    }


def missing(site_url: str, language: str) -> dict:
    """File and links of the page for what is missing. It is shown at any depth, so they begin at the host's root."""
    root = urlsplit(site_url).path
    other = next(each for each in LANGUAGES if each != language)
    front = {each: site_path("index.md", each) for each in LANGUAGES}
    links = {"root": root, "home": root + front[language], "other": other, "other_url": root + front[other]}
    return {**links, "file": front[language] + "404.html"}


def action(meta: dict, root: str, language: str) -> dict:
    """The button at the foot: which one, and where it leads. Raises KeyError for an action that does not exist."""
    name = meta.get("action", "none")
    return {} if name == "none" else {"action": name, "action_url": root + site_path(ACTIONS[name], language)}


def tasks(meta: dict, root: str, language: str) -> list[dict]:
    """The large cards of the home page (title, hint, address, whether the first in need), as the front matter
    names them."""
    return [{**each, "url": root + site_path(each["page"], language)} for each in meta.get("tasks") or []]
