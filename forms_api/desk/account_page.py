"""An officer's own page: the passphrase, the second factor, the open sessions, and what the officer did."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from forms_api.desk.signing import guarded, own, texts_of
from forms_api.door.door import hub_of, page
from forms_api.keys import second
from forms_api.people.accounts import Refused
from forms_api.people.officers import Session
from forms_api.words import pick

SHOWN = 50  # of the officer's own acts


def account(request: Request, session: Session) -> Response:
    """The page."""
    return _page(request, session)


def step(request: Request, session: Session) -> Response:
    """Change the passphrase, set the second factor up, switch it off, or end the other sessions; then the page again.
    """
    answers = texts_of(request)
    own(session, answers)
    steps = {"set_up": _set_up, "switch_off": _switch_off, "end_others": _end_others,
             "passphrase": _passphrase}  # fmt: skip
    try:
        steps.get(answers.get("do"), _nothing)(request, session, answers)
    except Refused as refused:
        secret = answers.get("secret", "")
        secret = secret if second.SECRET.fullmatch(secret) else ""
        return _page(request, session, refused.key, secret, answers.get("do", ""))
    return RedirectResponse("/desk/account", 303)


def _set_up(request: Request, session: Session, answers: dict[str, str]) -> None:
    hub, secret = hub_of(request), answers.get("secret", "")
    if not second.SECRET.fullmatch(secret):
        raise Refused("desk.stale")
    # an officer who has a second factor already would need its code here: it is switched off first
    hub.officers.prove(session.officer, answers.get("passphrase", ""), "", hub.now(), session.id)
    hub.officers.accounts.set_second(session.officer, secret, answers.get("code", ""), hub.now())


def _switch_off(request: Request, session: Session, answers: dict[str, str]) -> None:
    hub = hub_of(request)
    passphrase, code = answers.get("passphrase", ""), answers.get("code", "")
    hub.officers.prove(session.officer, passphrase, code, hub.now(), session.id)
    hub.officers.accounts.drop_second(session.officer, hub.now())


def _passphrase(request: Request, session: Session, answers: dict[str, str]) -> None:
    hub = hub_of(request)
    old, new, code = (answers.get(each, "") for each in ("passphrase", "new", "code"))
    if answers.get("again") != new:
        raise Refused("account.differ")
    hub.officers.prove(session.officer, old, code, hub.now(), session.id)
    hub.officers.accounts.change_passphrase(session.officer, old, new, session.id, hub.now())


def _end_others(request: Request, session: Session, answers: dict[str, str]) -> None:
    hub_of(request).officers.end_others(session, hub_of(request).now())


def _nothing(request: Request, session: Session, answers: dict[str, str]) -> None:
    raise Refused("desk.stale")


def _page(request: Request, session: Session, problem: str = "", secret: str = "", did: str = "") -> Response:
    hub, language = hub_of(request), session.language
    secret = secret or second.new_secret()
    return page(
        request, "account.html", language, 422 if problem else 200, session=session,
        problem=hub.renderer.words.say(language, problem) if problem else "",
        has_second=bool(hub.officers.accounts.account(session.officer)["second"]), secret=secret,
        grouped=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        app_link=second.link(secret, session.officer, pick(hub.renderer.hub, "name", language)),
        sessions=[_session(request, session, row) for row in hub.officers.sessions(session, hub.now())],
        history=[_event(request, session, row) for row in hub.officers.history(session.officer, SHOWN)], shown=SHOWN,
        did=did,
    )  # fmt: skip


def _session(request: Request, session: Session, row: dict) -> dict:
    hub = hub_of(request)
    made, seen = (hub.renderer.day(hub.cases.local(row[key]), session.language) for key in ("made_at", "seen_at"))
    return {"made": made, "seen": seen, "here": row["id"] == session.id}


def _event(request: Request, session: Session, row: dict) -> dict:
    hub = hub_of(request)
    # a name of another officer says to whom it was done; details of cases are read in the case
    about = "" if row["form"] or row["case"] else row["detail"]
    return {
        "when": hub.renderer.day(hub.cases.local(row["at"]), session.language), "about": about,
        "act": hub.renderer.words.say(session.language, f"act.{row['act']}"),
        "case": f"/desk/case/{row['form']}/{row['case']}" if row["case"] else "",
    }  # fmt: skip


ROUTES = [
    Route("/desk/account", guarded(account), methods=["GET"]),
    Route("/desk/account", guarded(step), methods=["POST"]),
]
