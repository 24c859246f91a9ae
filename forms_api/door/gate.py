"""Before a good request is stored: whether its sender must wait, and whether a machine filled what nobody sees."""

import secrets
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from forms_api.door.door import address_of, error_body, hub_of, page, speaks_json
from forms_api.door.limits import Wait
from forms_api.forms.tables import Form
from forms_api.keys import receipts
from forms_api.pages.inline import WAY_POLICY, script


@dataclass(frozen=True)
class Aside:
    """What the form's page sends besides the answers: the field nobody sees, the ticket and its proof."""

    trap: str
    ticket: str
    work: str


def aside_of(answers: dict) -> Aside:
    """Take out of ``answers`` what is not one."""
    return Aside(*(str(answers.pop(name, "") or "") for name in ("link", "ticket", "work")))


def held(request: Request, form: Form, answers: dict, language: str, aside: Aside) -> Response | None:
    """The answer to a good request that is not to be stored now, or None when it is."""
    if aside.trap:
        return _as_if_stored(request, form, language)
    wait = hub_of(request).limits.admit(address_of(request), aside.ticket, aside.work)
    return _wait(request, form, answers, language, wait) if wait else None


def _as_if_stored(request: Request, form: Form, language: str) -> Response:
    """What a machine takes for success."""
    if not speaks_json(request):
        return RedirectResponse(f"/forms/receipt?lang={language}", 303)
    hub = hub_of(request)
    digits = receipts.digits_of(secrets.token_bytes(32))
    return JSONResponse({"ok": True, "receipt": digits} | hub.cases.promised(form, hub.now()), 201)


def _wait(request: Request, form: Form, answers: dict, language: str, wait: Wait) -> Response:
    renderer = hub_of(request).renderer
    if speaks_json(request):
        sentence = renderer.words.say(language, "wait.program", seconds=wait.free_in)
        return JSONResponse(error_body(sentence), 429, {"Retry-After": str(wait.free_in)})
    response = page(
        request, "wait.html", language, 429, title=renderer.words.say(language, "wait.title"), seconds=wait.seconds,
        form_html=renderer.form_html(form, language, answers | {"ticket": wait.ticket}), script=script("work"),
        leave=form.urgent, danger=answers.get("danger") == "yes",
    )  # fmt: skip
    response.headers["Retry-After"] = str(wait.seconds)
    response.headers["Content-Security-Policy"] = WAY_POLICY  # work.js
    return response
