"""An officer's own page: the passphrase, the second factor, the open sessions; and what an officer did, which
supervisors read of everybody."""

import re
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from forms_api.desk.downloads import told_of
from forms_api.desk.lists import common_of, form_title
from forms_api.desk.signing import guarded, own, texts_of
from forms_api.door.door import Hub, hub_of, page
from forms_api.forms import villages
from forms_api.keys import second
from forms_api.people.accounts import ROLES, Refused, clean
from forms_api.people.officers import Session
from forms_api.words import pick

SHOWN = 16  # acts a page: under 10 kB when each is a download with every filter
LAST = 5  # of the officer's own acts, on the account's page
SESSIONS = 5  # open ones that are shown one by one
AFTER = re.compile(r"([0-9T:.+-]{29})_([0-9a-f-]{36})")
CODED = ("status", "hand_on", "key_in", "role")  # acts whose detail holds codes


def account(request: Request, session: Session) -> Response:
    """The page. ``?done=`` names a step, which the page says is taken."""
    done = request.query_params.get("done", "")
    return _page(request, session, done=done if done in STEPS else "")


def step(request: Request, session: Session) -> Response:
    """Change the passphrase, set the second factor up, switch it off, or end the other sessions; then the page again.
    """
    answers = texts_of(request)
    own(session, answers)
    do = answers.get("do", "")
    try:
        STEPS.get(do, _nothing)(request, session, answers)
    except Refused as refused:
        secret = answers.get("secret", "")
        secret = secret if second.SECRET.fullmatch(secret) else ""
        return _page(request, session, refused.key, secret, do)
    return RedirectResponse(f"/desk/account?done={do}", 303)


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


STEPS = {"set_up": _set_up, "switch_off": _switch_off, "end_others": _end_others, "passphrase": _passphrase}


def history(request: Request, session: Session) -> Response:
    """What an officer did, page by page. Another's is for supervisors, and that they read it is written first."""
    hub, language = hub_of(request), session.language
    name = clean(request.query_params.get("officer", "")) or session.officer
    found = AFTER.fullmatch(request.query_params.get("after", ""))
    if name != session.officer and not session.supervises:
        raise Refused("account.supervisor")
    rows = hub.officers.history(name, SHOWN + 1, found.groups() if found else None)
    if not rows and not found and name not in [each["id"] for each in hub.officers.accounts.everybody()]:
        say = hub.renderer.words.say
        return page(request, "page.html", language, 404, title=say(language, "officer.unknown"), link="/desk/officers",
                    link_text=say(language, "officers.title"))  # fmt: skip
    if name != session.officer:
        hub.officers.record(session, "history", hub.now(), detail=name)
    shown = rows[:SHOWN]
    older = _after(shown[-1]) if len(rows) > SHOWN else ""
    return page(
        request, "history.html", language, session=session, name=name, begun=bool(found), here=_address(name),
        history=[_event(hub, row, language) for row in shown], older=older and f"{_address(name)}&{older}",
    )  # fmt: skip


def _address(name: str) -> str:
    return f"/desk/history?{urlencode({'officer': name})}"


def _after(row: dict) -> str:
    return urlencode({"after": f"{row['at']}_{row['id']}"})


def _page(
    request: Request, session: Session, problem: str = "", secret: str = "", did: str = "", done: str = ""
) -> Response:
    hub, language = hub_of(request), session.language
    secret = secret or second.new_secret()
    sessions = [_session(request, session, row) for row in hub.officers.sessions(session, hub.now())]
    sessions.sort(key=lambda each: not each["here"])
    return page(
        request, "account.html", language, 422 if problem else 200, session=session,
        problem=hub.renderer.words.say(language, problem) if problem else "",
        has_second=bool(hub.officers.accounts.account(session.officer)["second"]), secret=secret,
        grouped=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        app_link=second.link(secret, session.officer, pick(hub.renderer.hub, "name", language)),
        sessions=sessions[:SESSIONS], others=len(sessions) - 1, more=len(sessions[SESSIONS:]),
        history=[_event(hub, row, language) for row in hub.officers.history(session.officer, LAST)],
        everything=_address(session.officer), did=did, done=done,
    )  # fmt: skip


def _session(request: Request, session: Session, row: dict) -> dict:
    hub = hub_of(request)
    made, seen = (hub.renderer.day(hub.cases.local(row[key]), session.language) for key in ("made_at", "seen_at"))
    return {"made": made, "seen": seen, "here": row["id"] == session.id}


def _event(hub: Hub, row: dict, language: str) -> dict:
    return {
        "when": hub.renderer.day(hub.cases.local(row["at"]), language), "about": _about(hub, row, language),
        "act": hub.renderer.words.say(language, f"act.{row['act']}"),
        "case": f"/desk/case/{row['form']}/{row['case']}" if row["case"] else "",
    }  # fmt: skip


def _about(hub: Hub, row: dict, language: str) -> str:
    """The form, and the detail with labels for its codes."""
    if row["act"] == "export":
        return told_of(hub, row["detail"], language)
    labels = _labels(hub, language) if row["act"] in CODED else {}
    detail = re.sub(r"\S+", lambda word: labels.get(word[0], word[0]), row["detail"])
    # the number of another case says nothing to a reader
    return ": ".join(filter(None, (form_title(hub, row["form"], language), detail if row["act"] != "link" else "")))


def _labels(hub: Hub, language: str) -> dict[str, str]:
    columns = [common_of(hub, name) for name in ("status", "handed_to", "channel")]
    found = {choice.code: each.label(choice.code, language) for each in columns for choice in each.choices}
    found |= {role: hub.renderer.words.say(language, f"role.{role}") for role in ROLES}
    return found | {each.code: villages.full(each) for each in villages.of_forms(hub.forms.values())}


ROUTES = [
    Route("/desk/account", guarded(account), methods=["GET"]),
    Route("/desk/account", guarded(step), methods=["POST"]),
    Route("/desk/history", guarded(history), methods=["GET"]),
]
