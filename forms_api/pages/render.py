"""Pages and forms as HTML, from the templates beside this file. The site's build uses them too."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from forms_api.forms.tables import Fault, Form, read_rows, read_yaml
from forms_api.pages.inline import script
from forms_api.words import LANGUAGES, Words, long_date, pick

PACKAGE = Path(__file__).parent.parent
TEMPLATES = PACKAGE / "templates"


class Renderer:
    """Fills the templates with one hub's name, sentences and emergency numbers."""

    def __init__(self, data_dir: Path):
        self.hub = read_yaml(data_dir / "hub.yaml")
        self.words = Words(PACKAGE / "words.toml", *sorted((PACKAGE / "words").glob("*.toml")))
        self._env = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True,
            undefined=StrictUndefined,
        )  # fmt: skip
        names = {row["id"]: row for row in read_rows(data_dir, "contacts")}
        numbers = {row["id"]: row for row in read_rows(data_dir, "numbers")}
        self._danger_numbers = [{**names[numbers[id]["contact"]], **numbers[id]} for id in self.hub["danger_numbers"]]

    def page(self, template: str, language: str, **values) -> str:
        """The template as a whole page of the API: ``language`` is "id" or "en"; links begin at "/"."""
        defaults = {"root": "/", "other_url": None, "description": "", "canonical": "", "alternates": [], "code": "",
                    "lines": [], "form_html": "", "link": "", "link_text": "", "danger": False, "case": None,
                    "problem": "", "typed": "", "leave": False}  # fmt: skip
        return self._env.get_template(template).render(self._context(language) | defaults | values)

    def form_html(
        self, form: Form, language: str, answers: Mapping | None = None, faults: Iterable[Fault] = (), action: str = ""
    ) -> Markup:
        """The ``<form>`` with what was typed (``answers``) kept and each fault named on top and at its field.

        ``action`` is where it goes, when that is not the public door. The answer ``token`` makes a form that is sent
        twice one request; without it the page's script makes one.
        """
        faults = list(faults)
        names = {each.name for each in form.fields}
        return Markup(  # noqa: S704 - the template escapes every value
            self._env.get_template("form.html").render(
                self._context(language)
                | {"form": form, "answers": answers or {}, "faults": faults, "names": names}
                | {"action": action or f"/forms/{form.name}"}
                | {"by_field": {fault.field: fault for fault in faults if fault.field in names}}
            )
        )

    def sentence(self, language: str, form: Form, fault: Fault) -> str:
        """What to do about ``fault``, in ``language``: the field's own words when an answer is missing."""
        field = next((each for each in form.fields if each.name == fault.field), None)
        if field and fault.kind == "missing" and (asked := field.text("ask", language)):
            return asked
        title = field.text("title", language).rstrip("?") if field else fault.field
        return self.words.say(language, f"fault.{fault.kind}", field=title, longest=field and field.longest)

    def day(self, moment: date | datetime | str, language: str) -> str:
        """A day as it is read; a time with it, and the zone's name, when ``moment`` has one (already local)."""
        if isinstance(moment, datetime):
            clock = f"{moment:%H.%M}" if language == "id" else f"{moment:%H:%M}"
            return f"{long_date(moment, language)}, {clock} {self.hub['time_zone_label']}"
        return long_date(moment, language)

    def _context(self, language: str) -> dict:
        return {
            "language": language,
            "other": LANGUAGES[language == "id"],
            "home": "/" if language == "id" else "/en/",
            "hub": self.hub,
            "pick": pick,
            "w": partial(self.words.say, language),
            "sentence": partial(self.sentence, language),
            "danger_numbers": self._danger_numbers,
            "leave_script": script("leave"),
        }
