"""What every request passes: who may send, how much, in which language, and how a refusal is answered."""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from urllib.parse import parse_qsl, urlsplit

from anyio import from_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from forms_api.case.cases import Cases
from forms_api.config import Settings
from forms_api.door.guesses import Guesses
from forms_api.door.limits import Limits
from forms_api.door.visits import Visits
from forms_api.forms.tables import Fault, Form
from forms_api.pages.inline import WAY_POLICY
from forms_api.pages.render import Renderer
from forms_api.people.officers import Officers
from forms_api.store.writer import Writer
from forms_api.words import language_of

MOST_BYTES = 64 * 1024
MOST_PARTS = 200
UNREAD = (408, 413)  # the rest of the body is still on its way: nothing after it can be understood
MOST_SECONDS = 20  # 64 KiB in that time is 26 kbit a second


@dataclass(frozen=True)
class Hub:
    """Everything a route needs; one for the whole process. ``now`` gives an aware time."""

    settings: Settings
    forms: dict[str, Form]
    cases: Cases
    officers: Officers
    renderer: Renderer
    now: Callable[[], datetime]
    writer: Writer
    guesses: Guesses
    visits: Visits
    limits: Limits = field(default_factory=Limits)


class Refusal(Exception):
    """A request that is not done. ``key`` names the sentence ``problem.<key>``, ``status`` is HTTP's."""

    def __init__(self, status: int, key: str):
        super().__init__(key)
        self.status = status
        self.key = key


def hub_of(request: Request) -> Hub:
    """The hub that the application was made with."""
    return request.app.state.hub


def form_of(request: Request) -> Form:
    """The form that the address names. Raises Refusal 404."""
    form = hub_of(request).forms.get(request.path_params["form"])
    if form is None:
        raise Refusal(404, "unknown_form")
    return form


def address_of(request: Request) -> str:
    """Where the request came from, as the server or the web server before it says; never stored, never logged."""
    return request.client.host if request.client else ""


def language_for(request: Request, wanted: object = None) -> str:
    """The language to answer in: ``wanted``, else that of the officer who is signed in, else ``?lang=``, else what the
    browser accepts."""
    own = getattr(request.state, "language", None)
    asked = wanted if isinstance(wanted, str) else own or request.query_params.get("lang")
    return language_of(asked, request.headers.get("accept-language", ""))


def speaks_json(request: Request) -> bool:
    """Whether a program is asking: it sent JSON, or accepts JSON and not HTML."""
    accepted = request.headers.get("accept", "")
    return _media_type(request) == "application/json" or ("json" in accepted and "html" not in accepted)


async def read_answers(request: Request) -> dict:
    """The body as a mapping of names to answers: an ordinary form, or a JSON object.

    Raises Refusal: 403 from another site, 408 when it takes longer than 20 seconds, 413 over 64 KiB, 415 for another
    kind of body, 400 for a body that is not UTF-8, not JSON, or has more than 200 parts. The bytes are counted as
    they arrive.
    """
    refuse_other_sites(request)
    read = {"application/x-www-form-urlencoded": _from_form, "application/json": _from_json}.get(_media_type(request))
    if read is None:
        raise Refusal(415, "wrong_type")
    try:
        async with asyncio.timeout(MOST_SECONDS):
            body = await _body(request)
    except TimeoutError as error:
        raise Refusal(408, "too_slow") from error
    try:
        return read(body.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Refusal(400, "not_utf8") from error


def answers_of(request: Request) -> dict:
    """``read_answers`` for a route that runs in a worker thread."""
    return from_thread.run(read_answers, request)


def refuse_other_sites(request: Request) -> None:
    """Refuse what another site makes a browser send (OWASP ASVS 5.0 V3.5.1). Raises Refusal 403.

    Sec-Fetch-Site decides where the browser sends it; else Origin must be our own host. Old proxy browsers
    send neither: then there is nothing to tell by, and the sender is let in.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site:
        foreign = site not in ("same-origin", "none")
    else:
        foreign = bool(origin) and urlsplit(origin).netloc != request.headers.get("host")
    if foreign:
        raise Refusal(403, "cross_site")


def refuse(request: Request, refusal: Refusal, language: str | None = None) -> Response:
    """The page, or the JSON, that says why a request was not done."""
    language = language or language_for(request)
    say = partial(hub_of(request).renderer.words.say, language)
    sentence = say(f"problem.{refusal.key}")
    if speaks_json(request):
        response: Response = JSONResponse(error_body(sentence), refusal.status)
    else:
        home, text = "/" if language == "id" else "/en/", "problem.home"
        if request.url.path.startswith("/desk/"):
            home, text = "/desk/", "desk.morning"
        response = page(request, "page.html", language, refusal.status, title=sentence, link=home, link_text=say(text))
    if refusal.status in UNREAD:
        response.headers["Connection"] = "close"
    return response


def error_body(sentence: str, faults: list[dict] | None = None) -> dict:
    """The one shape of every error that a program gets."""
    return {"ok": False, "error": sentence, "faults": faults or []}


def described(request: Request, form: Form, faults: list[Fault], language: str) -> list[dict]:
    """Faults as a program reads them: field, kind, sentence."""
    say = hub_of(request).renderer.sentence
    return [{"field": f.field, "kind": f.kind, "message": say(language, form, f)} for f in faults]


def page(request: Request, template: str, language: str, status: int = 200, **values) -> HTMLResponse:
    """A page of the API in the hub's shell; ``leave`` makes it one of those that can be left at once."""
    response = HTMLResponse(hub_of(request).renderer.page(template, language, **values), status)
    if values.get("leave"):
        response.headers["Content-Security-Policy"] = WAY_POLICY
    return response


def cookie_name(request: Request, name: str) -> str:
    """``name`` as the cookie is called: under https with the prefix that keeps plain http from setting it
    (OWASP ASVS 5.0 V3.3.1)."""
    return f"__Secure-{name}" if hub_of(request).settings.secure_cookies else name


async def _body(request: Request) -> bytearray:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise Refusal(413, "too_large")
    return body


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").split(";")[0].strip().lower()


def _from_form(text: str) -> dict[str, str]:
    try:
        return dict(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARTS))
    except UnicodeDecodeError:
        raise
    except ValueError as error:
        raise Refusal(400, "too_many_parts") from error


def _from_json(text: str) -> Mapping:
    try:
        answers = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refusal(400, "not_json") from error
    if not isinstance(answers, dict):
        raise Refusal(400, "not_json")
    if len(answers) > MOST_PARTS:
        raise Refusal(400, "too_many_parts")
    return answers
