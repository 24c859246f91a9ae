"""The Content-Security-Policy of the built site: that of the API, and the hash of every script and style inside a page.

Written to csp.txt after the build, from the pages as they are then, so that whoever serves them sends what fits.
"""

import hashlib
from base64 import b64encode
from collections.abc import Iterable
from pathlib import Path

from forms_api.pages.headers import POLICY
from forms_api.pages.inline import WAY_SCRIPTS, hash_of
from scripts.site.results import remembered
from scripts.site.tags import inside

FILE = "csp.txt"


@remembered
def sources(html: str) -> dict[str, set[str]]:
    """The hashes of a page's own scripts and styles, as a policy names them (CSP 3, section 2.3.1)."""
    found: dict[str, set[str]] = {"script": set(), "style": set()}
    for tag, text in inside(html):
        found[tag].add(_hash(text))
    return found


def write_policy(site: Path, others: Iterable[dict[str, set[str]]] = ()) -> str:
    """Write the policy for all pages under ``site``, and for ``others`` by their sources, to ``site/csp.txt``; gives it
    back, without the line's end."""
    found = {"script": set(), "style": set()}
    for own in [*(sources(page.read_text(encoding="utf-8")) for page in site.rglob("*.html")), *others]:
        for tag, hashes in own.items():
            found[tag] |= hashes
    if hash_of("leave") in found["script"]:  # answers of the API are then shown in the form's place
        found["script"] |= set(map(hash_of, WAY_SCRIPTS))
    policy = POLICY.format(**{tag: "".join(f" {each}" for each in sorted(hashes)) for tag, hashes in found.items()})
    (site / FILE).write_text(policy + "\n", encoding="utf-8", newline="\n")
    return policy


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
