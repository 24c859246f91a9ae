"""Scripts of ours that stand inside a page, and the policy that lets them run. A page works without them."""

import hashlib
from base64 import b64encode
from pathlib import Path

from markupsafe import Markup
from rjsmin import jsmin

from forms_api.pages.headers import POLICY

TEMPLATES = Path(__file__).parent.parent / "templates"


def script(name: str) -> Markup:
    """The script templates/``name``.js without comments and spare white space."""
    return Markup(jsmin((TEMPLATES / f"{name}.js").read_text(encoding="utf-8")))  # noqa: S704 - our own file


def hash_of(name: str) -> str:
    """The script as a policy names it (CSP 3, section 2.3.1)."""
    return f"'sha256-{b64encode(hashlib.sha256(script(name).encode()).digest()).decode()}'"


# One page takes the place of another on the way from the form to the answer, so each allows what any of them holds.
WAY_SCRIPTS = ("leave", "code", "work", "print")
WAY_POLICY = POLICY.format(script="".join(f" {hash_of(each)}" for each in WAY_SCRIPTS), style="")
