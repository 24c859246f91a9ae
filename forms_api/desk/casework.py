"""One case on the desk: its page, and every step that an officer may take in it."""

from itertools import islice

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from forms_api.case.states import MOVES, NotAllowed, replied
from forms_api.desk.lists import common_of, sight_of, states_of, summary
from forms_api.desk.signing import guarded, own
from forms_api.door.door import answers_of, hub_of, page
from forms_api.forms.tables import tidy
from forms_api.keys import receipts
from forms_api.people.accounts import villages_of
from forms_api.people.officers import Session
from forms_api.store import StoreUnavailable

MOST_EVENTS = 20  # of the history that the page shows
MOST_LETTERS = 3000  # as in the forms' own long answers


class Unfit(Exception):
    """A step that was not taken; ``key`` names the sentence that says why, ``values`` fill it."""

    def __init__(self, key: str, **values):
        super().__init__(key)
        self.key = key
        self.values = values


def case(request: Request, session: Session) -> Response:
    """One case with its answers, messages and history. That it was read is written before it is shown."""
    row = _find(request, session)
    if row is None:
        return _no_case(request, session)
    hub_of(request).cases.read(row, session, hub_of(request).now())
    return _case_page(request, session, row)


def step(request: Request, session: Session) -> Response:
    """Take the step that the form names; what cannot be done is said, and what was typed stands there again."""
    hub, answers = hub_of(request), answers_of(request)
    row = _find(request, session)
    if row is None:
        return _no_case(request, session)
    own(session, answers)
    take, say = STEPS.get(str(answers.get("do"))), hub.renderer.words.say
    try:
        return (take or _unknown)(request, session, row, answers) or RedirectResponse(request.url.path, 303)
    except Unfit as error:
        problem = say(session.language, error.key, **error.values)
        return _case_page(request, session, row, 422, problem, answers)
    except NotAllowed as error:
        row = _find(request, session)
        if row is None:
            return _no_case(request, session)
        state = states_of(hub).label(error.state, session.language)
        key = "desk.reply_closed" if answers.get("do") == "reply" else "desk.not_allowed"
        return _case_page(request, session, row, 422, say(session.language, key, state=state), answers)
    except StoreUnavailable:
        return _case_page(request, session, row, 503, say(session.language, "desk.not_stored"), answers)


def _unknown(request: Request, session: Session, row: dict, answers: dict) -> None:
    raise NotAllowed(row["status"])


def _move(request: Request, session: Session, row: dict, answers: dict) -> None:
    hub, state = hub_of(request), str(answers.get("status", ""))
    hub.cases.move(row["form"], row["id"], state, hub.now(), session)


def _reply(request: Request, session: Session, row: dict, answers: dict) -> None:
    hub_of(request).cases.reply(row, _text(answers), session, hub_of(request).now())


def _note(request: Request, session: Session, row: dict, answers: dict) -> None:
    hub_of(request).cases.note(row, _text(answers), session, hub_of(request).now())


def _assign(request: Request, session: Session, row: dict, answers: dict) -> None:
    hub, name = hub_of(request), str(answers.get("officer", ""))
    if name and name not in _colleagues(request, row):
        raise Unfit("desk.bad_colleague")
    hub.cases.change(row, "assign", {"assignee": name or None}, hub.now(), session, name)


def _hand_on(request: Request, session: Session, row: dict, answers: dict) -> None:
    hub, to = hub_of(request), str(answers.get("to", ""))
    if to not in [choice.code for choice in common_of(hub, "handed_to").choices]:
        raise Unfit("desk.bad_hand_on")
    hub.cases.change(row, "hand_on", {"handed_to": to}, hub.now(), session, to, _text(answers))


def _link(request: Request, session: Session, row: dict, answers: dict) -> None:
    hub, typed = hub_of(request), str(answers.get("other", "")).strip()
    try:
        other = sight_of(request, session).seen(hub.cases.by_receipt(receipts.read(typed)))
    except receipts.NotAReceipt:
        form, _, id = typed.partition("/desk/case/")[2].partition("/")
        other = sight_of(request, session).get(form, id.rstrip("/"))
    if other is None or other["id"] == row["id"]:
        raise Unfit("desk.bad_link")
    hub.cases.change(row, "link", {"double_of": other["id"]}, hub.now(), session, other["id"])


def _erase(request: Request, session: Session, row: dict, answers: dict) -> Response:
    if not session.supervises:
        raise Unfit("desk.supervisor")
    hub = hub_of(request)
    hub.officers.record(session, "erase", hub.now(), row["form"], row["id"])
    hub.cases.erase(row["form"], row["id"])
    return RedirectResponse("/desk/list", 303)


STEPS = {
    "move": _move, "reply": _reply, "note": _note, "assign": _assign, "hand_on": _hand_on, "link": _link,
    "erase": _erase,
}  # fmt: skip


def _text(answers: dict) -> str:
    try:
        text = tidy(str(answers.get("text", "")))
    except UnicodeEncodeError:
        text = ""
    if not text:
        raise Unfit("desk.empty_text")
    if len(text) > MOST_LETTERS:
        raise Unfit("desk.long_text", most=MOST_LETTERS)
    return text


def _colleagues(request: Request, row: dict) -> list[str]:
    """The officers who may see the case."""
    hub, found = hub_of(request), []
    for account in hub.officers.accounts.everybody():
        if hub.cases.sight(hub.now(), villages_of(account)).seen(row):
            found.append(account["id"])
    return found


def _case_page(
    request: Request, session: Session, row: dict, status: int = 200, problem: str = "", typed: dict | None = None
) -> Response:
    hub, language = hub_of(request), session.language
    row = hub.cases.opened(row, session.opener)
    events = list(islice(hub.officers.events(row["id"]), MOST_EVENTS + 1))
    states = states_of(hub)
    return page(
        request, "case.html", language, status, session=session, row=summary(hub, row, language), states=states,
        form=hub.forms[row["form"]], path=request.url.path, problem=problem, typed=typed or {}, offered=_offered(row),
        messages=[_message(request, session, each) for each in hub.cases.messages.for_team(row["id"], session.opener)],
        history=[_event(request, session, each) for each in events[:MOST_EVENTS]], more=len(events) > MOST_EVENTS,
        double=sight_of(request, session).by_id(row["double_of"]), officers=_colleagues(request, row),
        handed_to=common_of(hub, "handed_to"), channel=common_of(hub, "channel"), may_erase=session.supervises,
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


def _event(request: Request, session: Session, event: dict) -> dict:
    hub, language = hub_of(request), session.language
    labels = {choice.code for name in ("status", "handed_to", "channel") for choice in common_of(hub, name).choices}
    parts = [_label(hub, each, language) if each in labels else each for each in event["detail"].split(" → ")]
    at = hub.cases.local(event["at"])
    return {
        "when": hub.renderer.day(at if event["officer"] else at.date(), language),  # of its sender only the day is kept
        "who": event["officer"] or hub.renderer.words.say(language, "desk.sender"),
        "act": event["act"],
        # the number of another case says nothing to a reader; the page has a link to it
        "detail": "" if event["act"] == "link" else " → ".join(parts),
    }


def _label(hub, code: str, language: str) -> str:
    columns = [common_of(hub, name) for name in ("status", "handed_to", "channel")]
    return next(column.label(code, language) for column in columns if column.label(code, language) != code)


def _find(request: Request, session: Session) -> dict | None:
    return sight_of(request, session).get(request.path_params["form"], request.path_params["id"])


def _no_case(request: Request, session: Session) -> Response:
    say = hub_of(request).renderer.words.say
    return page(request, "page.html", session.language, 404, title=say(session.language, "desk.no_case"),
                link="/desk/list", link_text=say(session.language, "desk.back"))  # fmt: skip


ROUTES = [
    Route("/desk/case/{form}/{id}", guarded(case), methods=["GET"]),
    Route("/desk/case/{form}/{id}", guarded(step), methods=["POST"]),
]
