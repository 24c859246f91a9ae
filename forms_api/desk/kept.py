"""What was typed under a session that has ended: shown again, and carried through the sign-in by the page itself. It is
kept nowhere and stands in no address."""

from forms_api.door.door import Hub
from forms_api.forms.tables import Form

CASE, NEW = "/desk/case/", "/desk/new/"  # the pages that can be shown again with what was typed
WAS = "was."  # before the names of what is carried
# What is typed on a page of the desk, and the sentence that names it
TYPED = {
    CASE: {"reply": "desk.reply", "note": "desk.note", "reason": "desk.reason", "other": "desk.link_hint"},
    "/desk/search": {"words": "desk.search"},
    "/desk/officers": {"name": "sign_in.name", "villages": "officers.villages"},
}


def written(hub: Hub, path: str, answers: dict[str, str], language: str) -> list[dict]:
    """What was typed or chosen on the page at ``path``: ``name``, ``value``, ``label`` and, of a choice, ``choice``."""
    form = hub.forms.get(path.removeprefix(NEW)) if path.startswith(NEW) else None
    if form:
        return _answers(form, answers, language)
    names = next((names for begin, names in TYPED.items() if path.startswith(begin)), {})
    return [
        {"name": name, "value": answers[name], "label": hub.renderer.words.say(language, key), "choice": ""}
        for name, key in names.items() if answers.get(name, "").strip()
    ]  # fmt: skip


def _answers(form: Form, answers: dict[str, str], language: str) -> list[dict]:
    told = []
    for field in form.fields:
        value = answers.get(field.name, "")
        if value.strip() and field.control != "consent":
            shown = field.label(value, language)
            told.append({"name": field.name, "value": value, "label": field.text("title", language),
                         "choice": shown if shown != value else ""})  # fmt: skip
    return told


def shown(hub: Hub, path: str, answers: dict[str, str], language: str) -> dict:
    """What the page too_late.html shows of it, and what it carries unseen."""
    told = written(hub, path, answers, language)
    seen = {each["name"] for each in told}
    return {"path": path, "written": told, "back": can_be_shown(path),
            "unseen": [(name, value) for name, value in answers.items() if name not in seen]}  # fmt: skip


def can_be_shown(path: str) -> bool:
    """Whether the page at ``path`` can be shown again with what was typed."""
    return path.startswith((CASE, NEW))


def carried(answers: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The path and the answers that a sign-in brings with it; empty ones when it brings none."""
    was = {name.removeprefix(WAS): value for name, value in answers.items() if name.startswith(WAS)}
    return answers.get("from", ""), was
