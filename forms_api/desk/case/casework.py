"""A case's page on the desk, and what its form's buttons do."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from forms_api.case.states import MOVES, Newer, NotAllowed, replied
from forms_api.desk.case import history
from forms_api.desk.case.found import found, last_page, of_case
from forms_api.desk.case.steps import STEPS, TAKES, Unfit, colleagues, sent_before, take
from forms_api.desk.lists import common_of, sight_of, states_of, summary
from forms_api.desk.signing import Stale, own, texts_of
from forms_api.door.door import hub_of, page
from forms_api.people.officers import Session
from forms_api.store import StoreUnavailable


def case(request: Request, session: Session, row: dict) -> Response:
    """One case with its answers, messages and history. ``?done=`` names a step, which the page says is taken."""
    done = request.query_params.get("done", "")
    return _case_page(request, session, row, done=done if done in STEPS else "")


def step(request: Request, session: Session, row: dict) -> Response:
    """Take the step whose button was pressed. What stands in the form's other fields stands there again, and so does
    what was typed for a step that cannot be taken."""
    answers = texts_of(request)
    do = "move" if answers.get("status") else answers.get("do", "")
    try:
        own(session, answers)
        take(do, request, session, row, answers)
    except Newer as error:
        if not sent_before(do, request, session, row, answers):
            return _not_taken(request, session, do, answers, error)
    except (Stale, Unfit, NotAllowed, StoreUnavailable) as error:
        return _not_taken(request, session, do, answers, error)
    if do == "erase":
        return last_page(request, session, "desk.done.erase", 200)
    return _taken(request, session, do, answers)


def _taken(request: Request, session: Session, do: str, answers: dict) -> Response:
    """The case's page anew; when something stands in a field that the step did not take, with it."""
    row = found(request, session)
    left = {name: text for name, text in answers.items() if name not in TAKES.get(do, ())}
    empty = {"reply": "", "note": "", "reason": "", "other": ""}
    if row:
        empty |= {"officer": row["assignee"] or "", "to": row["handed_to"] or ""}
    if row and any(left.get(name, text).strip() != text for name, text in empty.items()):
        return _case_page(request, session, row, typed=left | {"do": ""}, done=do)
    return RedirectResponse(f"{request.url.path}?done={do}", 303)


def _not_taken(request: Request, session: Session, do: str, answers: dict, error: Exception) -> Response:
    """The case's page as it stands now, with what was typed, and why nothing was done."""
    hub, row, values = hub_of(request), found(request, session), getattr(error, "values", {})
    if row is None:
        return last_page(request, session, "desk.no_case", 404)
    if isinstance(error, NotAllowed):
        status, key = 422, "desk.reply_closed" if do == "reply" else "desk.not_allowed"
        values = {"state": states_of(hub).label(error.state, session.language)}
    elif isinstance(error, Unfit):
        status, key = 422, error.key
    elif isinstance(error, Stale):
        status, key = 403, "desk.stale_kept"
    else:
        status, key = (409, "desk.newer") if isinstance(error, Newer) else (503, "desk.not_stored")
    problem = hub.renderer.words.say(session.language, key, **values)
    return _case_page(request, session, row, status, problem, answers | {"do": do})


def _case_page(
    request: Request, session: Session, row: dict, status: int = 200, problem: str = "", typed: dict | None = None,
    done: str = "",
) -> Response:  # fmt: skip
    """That the case was read is written before it is shown, unless nothing can be written at the moment."""
    hub, language = hub_of(request), session.language
    if status != 503:
        hub.cases.read(row, session, hub.now())
    row = hub.cases.opened(row, session.opener)
    lines, more = history.lines(hub, row["id"], language, history.FIRST)
    return page(
        request, "case.html", language, status, session=session, row=summary(hub, row, language),
        form=hub.forms[row["form"]], path=request.url.path, problem=problem, typed=typed or {}, done=done,
        messages=[_message(request, session, each) for each in hub.cases.messages.for_team(row["id"], session.opener)],
        history=lines, more=more, double=sight_of(request, session).by_id(row["double_of"]), offered=_offered(row),
        officers=colleagues(hub, row), may_erase=session.supervises, states=states_of(hub),
        handed_to=common_of(hub, "handed_to"), channel=common_of(hub, "channel"),
    )  # fmt: skip


def _offered(row: dict) -> dict:
    """The states that may follow, and whether a reply may."""
    try:
        replied(row["status"])
    except NotAllowed:
        return {"moves": MOVES[row["status"]], "reply": False}
    return {"moves": MOVES[row["status"]], "reply": True}


def _message(request: Request, session: Session, message: dict) -> dict:
    hub, language = hub_of(request), session.language
    words = hub.renderer.words
    return {
        "who": words.say(language, f"desk.side.{message['side']}", officer=message["officer"] or ""),
        "when": hub.renderer.day(hub.cases.local(message["at"]) if message["at"] else message["day"], language),
        "text": words.say(language, "desk.broken") if message["text"] is None else message["text"],
        "side": message["side"],
    }


ROUTES = [
    Route("/desk/case/{form}/{id}", of_case(case), methods=["GET"]),
    Route("/desk/case/{form}/{id}", of_case(step), methods=["POST"]),
    *history.ROUTES,
]
