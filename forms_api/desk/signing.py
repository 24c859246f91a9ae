"""Who may come to the officers' desk: signing in and out, and the guard of every other desk route."""

from collections.abc import Callable
from functools import partial

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from forms_api.desk import kept
from forms_api.door.door import Refusal, answers_of, cookie_name, hub_of, language_for, page, refuse_other_sites
from forms_api.people.accounts import Refused
from forms_api.people.devices import LIVES
from forms_api.people.officers import SESSION, Session

COOKIE = "desk"
DEVICE = "device"


def guarded(endpoint: Callable[[Request, Session], Response]) -> Callable[[Request], Response]:
    """A route that only a signed-in officer reaches; anybody else is sent to sign in, with what was typed and sent
    after the session's time, so that it is not lost. HEAD, which asks for no page, opens none."""

    def route(request: Request) -> Response:
        hub = hub_of(request)
        session = hub.officers.session(request.cookies.get(cookie_name(request, COOKIE), ""), hub.now())
        if session is None:
            return _too_late(request) or RedirectResponse("/desk/sign-in", 303)
        request.state.language = session.language
        if request.method == "POST":  # before anything is looked up for it
            refuse_other_sites(request)
        return Response() if request.method == "HEAD" else endpoint(request, session)

    return route


def supervised(endpoint: Callable[[Request, Session], Response]) -> Callable[[Request], Response]:
    """A route that only a signed-in supervisor reaches. Another officer gets a page that says so (403)."""

    def route(request: Request, session: Session) -> Response:
        if not session.supervises:
            raise Refused("account.supervisor")
        return endpoint(request, session)

    return guarded(route)


def _too_late(request: Request) -> Response | None:
    try:
        was = texts_of(request) if request.method == "POST" else {}
    except Refusal:
        return None
    hub, path, language = hub_of(request), request.url.path, language_for(request, was.get("language"))
    if not kept.written(hub, path, was, language):
        return None
    return page(request, "too_late.html", language, 401, **kept.shown(hub, path, was, language))


def sign_in(request: Request) -> Response:
    """The sign-in page; with the right name and passphrase, a session. What was sent too late goes along."""
    hub = hub_of(request)
    answers = texts_of(request) if request.method == "POST" else {}
    path, was = kept.carried(answers)
    language, problem = language_for(request, answers.get("language")), ""
    if answers:
        try:
            name, passphrase, code = (answers.get(each, "") for each in ("name", "passphrase", "code"))
            device = request.cookies.get(cookie_name(request, DEVICE), "")
            cookie, session = hub.officers.sign_in(name, passphrase, hub.now(), code, device)
            back: Response = RedirectResponse("/desk/", 303)
            if was and kept.can_be_shown(path):
                back = page(request, "resume.html", session.language, path=path, was=was)
            return _signed_in(request, session, cookie, back)
        except Refused as refused:
            problem = refused.key
    elif not hub.officers.accounts.any():
        problem = "sign_in.none"
    other = None if was else "/desk/sign-in?lang=" + ("en" if language == "id" else "id")
    return page(
        request, "too_late.html" if was else "sign_in.html", language, 401 if answers else 200, other_url=other,
        typed=answers.get("name", ""), problem=hub.renderer.words.say(language, problem) if problem else "",
        **kept.shown(hub, path, was, language),
    )  # fmt: skip


def _signed_in(request: Request, session: Session, cookie: str, response: Response) -> Response:
    hub = hub_of(request)
    device = hub.officers.devices.cookie(session.officer, hub.now())
    for name, value, lives, path in ((COOKIE, cookie, SESSION, "/desk"), (DEVICE, device, LIVES, "/desk/sign-in")):
        response.set_cookie(
            cookie_name(request, name), value, max_age=int(lives.total_seconds()), path=path, httponly=True,
            samesite="strict", secure=hub.settings.secure_cookies,
        )  # fmt: skip
    return response


def sign_out(request: Request, session: Session) -> Response:
    """End the session on the server and in the browser."""
    hub = hub_of(request)
    own(session, answers_of(request))
    hub.officers.record(session, "sign_out", hub.now())
    hub.officers.sign_out(session)
    response = RedirectResponse("/desk/sign-in", 303)
    # a browser takes word about such a name only with Secure
    response.delete_cookie(cookie_name(request, COOKIE), path="/desk", secure=hub.settings.secure_cookies)
    return response


def texts_of(request: Request) -> dict[str, str]:
    """What a form about accounts sent. What is no text, or half a character, counts as empty."""
    return {name: value if _is_text(value) else "" for name, value in answers_of(request).items()}


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not any("\ud800" <= sign <= "\udfff" for sign in value)


class Stale(Refused):
    """A form that did not come from this session's own page. ``answers``: what it brought."""

    def __init__(self, answers: dict):
        super().__init__("desk.stale")
        self.answers = answers


def own(session: Session, answers: dict) -> None:
    """Refuse a form that did not come from this session's own page. Raises Stale."""
    if answers.get("token") != session.token:
        raise Stale(answers)


def refused(request: Request, error: Refused) -> Response:
    """A page without the session's token (old, or not ours), with what was typed; or one that is not this officer's."""
    hub, language = hub_of(request), language_for(request)
    was = {name: str(value) for name, value in getattr(error, "answers", {}).items()}
    typed = [f"{each['label']}: {each['value']}" for each in kept.written(hub, request.url.path, was, language)]
    say = partial(hub.renderer.words.say, language)
    return page(request, "page.html", language, 403, title=say(error.key), lines=typed, link="/desk/",
                link_text=say("desk.morning"))  # fmt: skip


ROUTES = [
    Route("/desk/sign-in", sign_in, methods=["GET", "POST"]),
    Route("/desk/sign-out", guarded(sign_out), methods=["POST"]),
]
