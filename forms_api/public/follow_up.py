"""The way back: a receipt opens what became of a request, and its sender reads, writes, closes or has it erased.

One address for all of it, so that neither code nor case is ever in one. The page names neither form nor topic nor
anybody's name.
"""

from datetime import date, timedelta

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from forms_api.case.messages import LONGEST
from forms_api.case.states import WAITING, NotAllowed
from forms_api.door.door import Hub, address_of, answers_of, cookie_name, hub_of, language_for, page
from forms_api.door.limits import Wait
from forms_api.door.visits import IDLE, Visit
from forms_api.forms.tables import tidy
from forms_api.keys import receipts
from forms_api.keys.team import NotSetUp
from forms_api.pages.inline import script
from forms_api.public import receipt_page
from forms_api.store import StoreUnavailable

PATH = "/follow-up"
COOKIE = "visit"
MINUTES = int(IDLE.total_seconds() // 60)
ERASED_AFTER = timedelta(days=3)  # Law 27/2022, article 40: within 3 x 24 hours of the wish


def show(request: Request) -> Response:
    """Whoever has given a code within ten minutes sees the request; anybody else is asked for one."""
    language = language_for(request)
    visit, case = _visit(request)
    if visit and case:
        stays = "stays" in request.query_params and not case["forget_wanted"]
        return _talk(request, language, visit, case, told="follow_up.stays" if stays else "")
    if visit:
        return _gone(request, language)
    told = next((name for name in ("ended", "done") if name in request.query_params), "")
    return _ask(request, language, told=f"follow_up.{told}" if told else "")


def act(request: Request) -> Response:
    """What is done with a request: open it by its code (the only thing that needs no cookie), write, close, have it
    erased, take that back, end the visit."""
    answers = answers_of(request)
    language, do = language_for(request, answers.get("language")), str(answers.get("do", ""))
    if do not in ACTS:
        return _open(request, language, answers)
    visit, case = _visit(request)
    text = _text(answers)
    if visit and not case:
        return _gone(request, language, text)
    if not visit:
        return _ask(request, language, 422, problem="follow_up.ended", text=text) if text else _back(language, "ended")
    try:
        return ACTS[do](request, language, visit, case, answers)
    except NotAllowed:  # an officer was quicker: the page says how it stands now
        return _back(language)


def leave(request: Request) -> Response:
    """Forget the receipt and the visit, and show nothing, or what the hub's operator chose (``leave_to``).

    The button leads here where there is no JavaScript.
    """
    to = hub_of(request).renderer.hub.get("leave_to")
    response = RedirectResponse(to, 303) if to else HTMLResponse(BLANK)
    return receipt_page.forget(request, _without_visit(request, response))


def leave_told(request: Request) -> Response:
    """The beacon: as ``leave``, for our own pages only."""
    answers_of(request)
    return leave(request)


BLANK = '<!doctype html><html lang="id"><meta charset="utf-8"><title>-</title><body></body></html>'


def _open(request: Request, language: str, answers: dict) -> Response:
    hub, typed, text = hub_of(request), str(answers.get("code", "")), _text(answers)
    try:
        code = receipts.read(typed)
    except receipts.NotAReceipt:
        return _ask(request, language, 422, problem="follow_up.mistyped", typed=typed, text=text)
    aside = [str(answers.get(name, "")) for name in ("ticket", "work")]
    look = hub.guesses.enter(address_of(request), hub.now(), *aside)
    if isinstance(look, Wait):
        return _wait(request, language, look, typed=typed, text=text)
    case, private = hub.cases.with_key(code)
    if case is None:
        return _ask(request, language, 422, problem="follow_up.unknown", typed=typed, text=text)
    hub.guesses.right(look)
    visit = Visit(case["form"], case["id"], private)
    if text:  # a message whose visit had ended while it was written
        return _talk(request, language, visit, case, text=text)
    return _remember(request, _back(language, "ended"), visit)


def _write(request: Request, language: str, visit: Visit, case: dict, answers: dict) -> Response:
    hub, text = hub_of(request), _text(answers)
    if not text or len(text) > LONGEST:
        problem = "too_long" if text else "empty"
        return _talk(request, language, visit, case, 422, text=text, problem=f"follow_up.{problem}")
    written = hub.cases.messages.for_villager(case["id"], visit.private)
    withdrawn = case["forget_wanted"]
    if written and (written[-1]["side"], written[-1]["text"]) == ("villager", text) and not withdrawn:
        return _remember(request, _back(language), visit)  # sent twice: a double tap, a lost answer
    try:
        hub.cases.wrote(case, text, hub.now())
    except (StoreUnavailable, NotSetUp) as error:
        response = _talk(request, language, visit, case, 503, text=text, problem="follow_up.unsent")
        response.headers["Retry-After"] = str(getattr(error, "retry_after", 60))
        return response
    return _remember(request, _back(language, "stays" if withdrawn else ""), visit)


def _close(request: Request, language: str, visit: Visit, case: dict, answers: dict) -> Response:
    hub_of(request).cases.move(case["form"], case["id"], "closed", hub_of(request).now())
    return _remember(request, _back(language), visit)


def _forget(request: Request, language: str, visit: Visit, case: dict, answers: dict) -> Response:
    if not case["forget_wanted"]:
        hub_of(request).cases.withdraw(case, hub_of(request).now())
    return _remember(request, _back(language), visit)


def _keep(request: Request, language: str, visit: Visit, case: dict, answers: dict) -> Response:
    hub_of(request).cases.change(case, "forget_taken_back", {"forget_wanted": False}, hub_of(request).now())
    return _remember(request, _back(language), visit)


def _done(request: Request, language: str, visit: Visit, case: dict, answers: dict) -> Response:
    return _without_visit(request, _back(language, "done"))


ACTS = {"write": _write, "close": _close, "forget": _forget, "keep": _keep, "done": _done}


def _gone(request: Request, language: str, text: str = "") -> Response:
    """The request was erased while its sender was looking at it: what an unknown code is told."""
    return _without_visit(request, _ask(request, language, 422, problem="follow_up.unknown", text=text))


def _ask(request: Request, language: str, status: int = 200, problem: str = "", told: str = "", **more) -> Response:
    say, keys = hub_of(request).renderer.words.say, {"problem": problem, "told": told}
    return page(
        request, "follow_up.html", language, status, leave=True, code_script=script("code"), other_url=_other(language),
        **{name: say(language, key, minutes=MINUTES) if key else "" for name, key in keys.items()}
        | {"typed": "", "text": "", "ticket": "", "seconds": 0, "script": ""} | more,
    )  # fmt: skip


def _wait(request: Request, language: str, wait: Wait, **more) -> Response:
    response = _ask(request, language, 429, ticket=wait.ticket, seconds=wait.seconds, script=script("work"), **more)
    response.headers["Retry-After"] = str(wait.seconds)
    return response


def _talk(
    request: Request, language: str, visit: Visit, case: dict, status: int = 200, text: str = "", problem: str = "",
    told: str = "",
) -> Response:  # fmt: skip
    """The request as its sender sees it; a reply that is shown for the first time is marked, this once."""
    hub = hub_of(request)
    messages, say = hub.cases.messages.for_villager(case["id"], visit.private), hub.renderer.words.say
    new = _unseen(messages) if case["unseen"] else []
    response = page(
        request, "talk.html", language, status, leave=True, case=case, text=text,
        problem=say(language, problem, longest=LONGEST) if problem else "", told=say(language, told) if told else "",
        messages=[
            each | {"on": hub.renderer.day(each["day"], language), "new": each in new} for each in messages
        ],
        danger=case.get("danger"), minutes=MINUTES, other_url=_other(language), **_days(hub, case, language),
    )  # fmt: skip
    if case["unseen"]:
        hub.cases.change(case, "seen", {"unseen": False}, hub.now())
    return _remember(request, response, visit)


def _unseen(messages: list[dict]) -> list[dict]:
    """The replies behind the sender's last message; when that one came between, the last reply."""
    sides = [each["side"] for each in messages]
    behind = messages[len(sides) - sides[::-1].index("villager") :] if "villager" in sides else messages
    return behind or [each for each in messages if each["side"] == "officer"][-1:]


def _days(hub: Hub, case: dict, language: str) -> dict:
    today = hub.now().astimezone(hub.cases.zone).date()
    wished = date.fromisoformat(case["closed_on"]) if case["forget_wanted"] else today
    return {
        "received": hub.renderer.day(case["received_on"], language),
        "answer_by": hub.renderer.day(case["answer_by"], language),
        "erased_by": hub.renderer.day(wished + ERASED_AFTER, language),
        "erased_after": ERASED_AFTER.days,
        "held": hub.cases.forgetting.held(case),
        "late": case["status"] in WAITING and case["answer_by"] < today.isoformat(),
    }


def _visit(request: Request) -> tuple[Visit | None, dict | None]:
    hub = hub_of(request)
    visit = hub.visits.open(request.cookies.get(cookie_name(request, COOKIE), ""), hub.now())
    return visit, hub.cases.get(visit.form, visit.id) if visit else None


def _remember(request: Request, response: Response, visit: Visit) -> Response:
    hub = hub_of(request)
    response.set_cookie(
        cookie_name(request, COOKIE), hub.visits.close(visit, hub.now()), max_age=int(IDLE.total_seconds()), path=PATH,
        httponly=True, samesite="strict", secure=hub.settings.secure_cookies,
    )  # fmt: skip
    return response


def _without_visit(request: Request, response: Response) -> Response:
    response.delete_cookie(
        cookie_name(request, COOKIE), path=PATH, httponly=True, samesite="strict",
        secure=hub_of(request).settings.secure_cookies,
    )  # fmt: skip
    return response


def _back(language: str, told: str = "") -> Response:
    """To the page itself; ``told`` is said there."""
    return RedirectResponse(f"{PATH}?lang={language}" + (f"&{told}=" if told else ""), 303)


def _other(language: str) -> str:
    return f"{PATH}?lang={'en' if language == 'id' else 'id'}"


def _text(answers: dict) -> str:
    text = answers.get("text", "")
    try:
        return tidy(text) if isinstance(text, str) else ""
    except UnicodeEncodeError:  # half a character, which no database can hold
        return ""


ROUTES = [
    Route(PATH, show, methods=["GET"]),
    Route(PATH, act, methods=["POST"]),
    Route("/forms/leave", leave, methods=["GET"]),
    Route("/forms/leave", leave_told, methods=["POST"]),
]
