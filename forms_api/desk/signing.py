"""Who may come to the officers' desk: signing in and out, and the guard of every other desk route."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from forms_api.door.door import Refusal, answers_of, cookie_name, hub_of, language_for, page
from forms_api.people.accounts import Refused
from forms_api.people.devices import LIVES
from forms_api.people.officers import SESSION, Session

COOKIE = "desk"
DEVICE = "device"


def guarded(endpoint: Callable[[Request, Session], Response]) -> Callable[[Request], Response]:
    """A route that only a signed-in officer reaches; anybody else is sent to sign in, and gets a long text back that
    was sent after the session's time, so that it is not lost. HEAD, which asks for no page, opens none."""

    def route(request: Request) -> Response:
        hub = hub_of(request)
        session = hub.officers.session(request.cookies.get(cookie_name(request, COOKIE), ""), hub.now())
        if session is None:
            return _too_late(request) or RedirectResponse("/desk/sign-in", 303)
        request.state.language = session.language
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
        text = str(answers_of(request).get("text", "")) if request.method == "POST" else ""
    except Refusal:
        return None
    return page(request, "too_late.html", language_for(request), 401, typed=text) if text.strip() else None


def sign_in(request: Request) -> Response:
    """The sign-in page; with the right name and passphrase, a session."""
    hub = hub_of(request)
    answers = texts_of(request) if request.method == "POST" else {}
    language, problem = language_for(request, answers.get("language")), ""
    if answers:
        try:
            name, passphrase, code = (answers.get(each, "") for each in ("name", "passphrase", "code"))
            device = request.cookies.get(cookie_name(request, DEVICE), "")
            cookie, session = hub.officers.sign_in(name, passphrase, hub.now(), code, device)
            return _signed_in(request, cookie, session)
        except Refused as refused:
            problem = refused.key
    elif not hub.officers.accounts.any():
        problem = "sign_in.none"
    return page(
        request, "sign_in.html", language, 401 if answers else 200, typed=answers.get("name", ""),
        problem=hub.renderer.words.say(language, problem) if problem else "",
        other_url="/desk/sign-in?lang=" + ("en" if language == "id" else "id"),
    )  # fmt: skip


def _signed_in(request: Request, cookie: str, session: Session) -> Response:
    hub, response = hub_of(request), RedirectResponse("/desk/", 303)
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


def own(session: Session, answers: dict) -> None:
    """Refuse a form that did not come from this session's own page. Raises Refused."""
    if answers.get("token") != session.token:
        raise Refused("desk.stale")


def refused(request: Request, error: Refused) -> Response:
    """A page without the session's token (old, or not ours), or one that is not this officer's."""
    language = language_for(request)
    say = hub_of(request).renderer.words.say
    return page(request, "page.html", language, 403, title=say(language, error.key), link="/desk/",
                link_text=say(language, "desk.morning"))  # fmt: skip


ROUTES = [
    Route("/desk/sign-in", sign_in, methods=["GET", "POST"]),
    Route("/desk/sign-out", guarded(sign_out), methods=["POST"]),
]
