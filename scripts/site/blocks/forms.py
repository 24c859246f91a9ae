"""A form inside a page: the very markup the public door answers with when something is missing."""

from scripts.site.view import UnknownName, View


def render(name: str, view: View) -> str:
    """The form of data/forms/<name>.yaml in the page's language."""
    if name not in view.tables.forms:
        raise UnknownName("form", name, view.tables.forms)
    return view.tables.renderer.form_html(view.tables.forms[name], view.language)
