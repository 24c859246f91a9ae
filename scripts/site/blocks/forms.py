"""A form inside a page: the very markup the public door answers with when something is missing."""

from markupsafe import Markup

from scripts.site.scripts import script as joined
from scripts.site.view import UnknownName, View


def render(name: str, view: View) -> str:
    """The form of data/forms/<name>.yaml in the page's language, and the script that names what it sends."""
    if name not in view.tables.forms:
        raise UnknownName("form", name, view.tables.forms)
    form = view.tables.renderer.form_html(view.tables.forms[name], view.language)
    return form + Markup("<script>{}</script>").format(script())


def script() -> str:
    """The script of theme/token.js as it stands in a page."""
    return joined("token.js")
