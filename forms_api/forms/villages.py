"""A village as an officer writes it: by code, by name, or by name and district."""

from collections.abc import Iterable

from forms_api.forms.tables import Choice, Form


def of_forms(forms: Iterable[Form]) -> tuple[Choice, ...]:
    """The villages that the forms ask for."""
    return next((field.choices for form in forms for field in form.fields if field.name == "village"), ())


def meant(choices: Iterable[Choice], typed: str) -> list[Choice]:
    """The villages that ``typed`` may mean: none, one, or several of one name. Capitals, brackets and commas do not
    count."""
    wanted = _plain(typed)
    return [each for each in choices if wanted in (each.code, _plain(each.label["label"]), _plain(full(each)))]


def full(choice: Choice) -> str:
    """A village with its district: several have the same name."""
    return f"{choice.label['label']}, {choice.group}"


def _plain(text: str) -> str:
    for sign in ",()":
        text = text.replace(sign, " ")
    return " ".join(text.casefold().split())
