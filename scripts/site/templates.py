"""The small HTML templates of the blocks, apart from the generator's own."""

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from scripts.site.inline import measure, phone_link, with_phones
from scripts.site.late import due, mark, told
from scripts.site.rows import is_true
from scripts.site.view import View

FOLDER = Path(__file__).parent / "theme" / "blocks"


def host(url: str) -> str:
    """The name of the site an address belongs to; empty for a bare number, which tells a reader nothing."""
    name = (urlsplit(url).hostname or "").removeprefix("www.")
    return "" if name.replace(".", "").isdigit() else name


@cache
def environment() -> Environment:
    """The Jinja environment of the blocks: everything escaped, a missing name is an error."""
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(host=host, is_true=is_true, phone_link=phone_link, measure=measure, with_phones=with_phones)
    made.globals.update(due=due, mark=mark, told=told)
    return made


def fill(template: str, view: View, **values) -> str:
    """The HTML of ``theme/blocks/<template>.html``; it knows the page as ``v``."""
    return environment().get_template(template + ".html").render(v=view, **values)
