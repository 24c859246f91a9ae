"""The officers' accounts in a supervisor's hands, and the page on which a colleague types the code."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from forms_api.desk.signing import own, supervised, texts_of
from forms_api.door.door import Hub, hub_of, language_for, page
from forms_api.forms import villages
from forms_api.keys import seal
from forms_api.people.accounts import ROLES, Refused, clean
from forms_api.people.officers import Session

SHOWN = 25  # accounts a page


def officers(request: Request, session: Session) -> Response:
    """All accounts, page by page, and the form that makes one; ``officer`` in the address: what changes that one."""
    return _page(request, session)


def step(request: Request, session: Session) -> Response:
    """Ask somebody to join, give a new code, or change an account. A code is shown in the answer and never again."""
    hub, answers = hub_of(request), texts_of(request)
    own(session, answers)
    name, do = answers.get("name", ""), answers.get("do")
    try:
        if do == "renew":
            return _code(request, session, name, hub.officers.joining.renew(name, session.opener, hub.now()))
        role, codes = _role(answers), _villages(request, answers)
        if do == "invite":
            told = hub.officers.joining.invite(name, role, codes, session.opener, hub.now())
            return _code(request, session, name, told)
        if do != "change":
            raise Refused("desk.stale")
        hub.officers.accounts.change(name, role, codes, session.officer, hub.now())
    except Refused as refused:
        return _page(request, session, refused.key, answers)
    return RedirectResponse(f"/desk/officers?{urlencode({'officer': clean(name), 'done': 'change'})}", 303)


def join(request: Request) -> Response:
    """The page for the code; with the right one and a passphrase, an account."""
    hub = hub_of(request)
    answers = texts_of(request) if request.method == "POST" else {}
    language = language_for(request, answers.get("language"))
    say, code = hub.renderer.words.say, answers.get("code", "")
    problem = ""
    if answers:
        try:
            if answers.get("passphrase") != answers.get("again"):
                raise Refused("officer.differ")
            name = hub.officers.joining.join(code, answers.get("passphrase", ""), language, hub.now())
            return page(request, "page.html", language, title=say(language, "join.done", name=name),
                        link="/desk/sign-in", link_text=say(language, "sign_in.button"))  # fmt: skip
        except Refused as refused:
            problem = say(language, refused.key)
        except seal.NotAPaperKey as mistyped:
            groups = ", ".join(map(str, mistyped.groups))
            problem = say(language, "join.wrong_group" if groups else "join.wrong_length", groups=groups)
    return page(
        request, "join.html", language, 422 if problem else 200, typed=code, problem=problem,
        other_url="/desk/join?lang=" + ("en" if language == "id" else "id"),
    )  # fmt: skip


def _role(answers: dict[str, str]) -> str:
    if answers.get("role") not in ROLES:
        raise Refused("desk.stale")
    return answers["role"]


def _villages(request: Request, answers: dict[str, str]) -> str:
    """The codes of the villages typed, by code or by name, with commas between."""
    known, codes = villages.of_forms(hub_of(request).forms.values()), []
    for each in answers.get("villages", "").replace(";", ",").split(","):
        found = villages.meant(known, each) if each.strip() else []
        if each.strip() and len(found) != 1:
            raise Refused("officers.bad_village")
        codes += [choice.code for choice in found]
    return " ".join(dict.fromkeys(codes))


def _code(request: Request, session: Session, name: str, code: str) -> Response:
    return page(request, "invited.html", session.language, session=session, name=name.strip().lower(), code=code,
                where=f"{request.url.netloc}/desk/join")  # fmt: skip


def _page(request: Request, session: Session, problem: str = "", typed: dict | None = None) -> Response:
    hub, language, asked = hub_of(request), session.language, request.query_params
    rows, typed = hub.officers.accounts.everybody(), typed or {}
    # a form that was refused shows again, with what was typed in it
    wanted = clean(typed.get("name", "") if typed.get("do") in ("change", "renew") else asked.get("officer", ""))
    one = next((row for row in rows if row["id"] == wanted), None)
    rows = [row for row in rows if row["id"] > asked.get("after", "")]
    return page(
        request, "officers.html", language, 422 if problem else 200, session=session, roles=ROLES, typed=typed,
        one=_shown(hub, one) if one else None, rows=[_shown(hub, row) for row in rows[:SHOWN]], more=len(rows) > SHOWN,
        problem=hub.renderer.words.say(language, problem) if problem else "",
        done=one["id"] if one and not problem and asked.get("done") == "change" else "",
        waiting=sorted(hub.officers.joining.waiting(hub.now())),
    )  # fmt: skip


def _shown(hub: Hub, row: dict) -> dict:
    """An account with the codes and names of its villages. One from before there were roles could do everything."""
    names = {each.code: each.label["label"] for each in villages.of_forms(hub.forms.values())}
    sees = [(code, names.get(code, code)) for code in (row["villages"] or "").split()]
    return {**row, "role": row["role"] or "supervisor", "sees": sees}


ROUTES = [
    Route("/desk/officers", supervised(officers), methods=["GET"]),
    Route("/desk/officers", supervised(step), methods=["POST"]),
    Route("/desk/join", join, methods=["GET", "POST"]),
]
