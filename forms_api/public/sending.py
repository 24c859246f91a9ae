"""The public door: a form is sent and stored, or its sender is told what to do."""

from secrets import token_hex as new_token

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from forms_api.door.door import (
    Refusal,
    address_of,
    described,
    error_body,
    form_of,
    hub_of,
    language_for,
    page,
    read_answers,
    refuse,
    speaks_json,
)
from forms_api.door.gate import aside_of, held
from forms_api.forms.tables import Fault, Form
from forms_api.keys import receipts
from forms_api.keys.team import NotSetUp
from forms_api.public.receipt_page import to_receipt
from forms_api.store import StoreUnavailable


async def submit(request: Request) -> Response:
    """Take a form's answers; "received" is said only after they are on the disk.

    Sent again with the same token (a double tap, a retry after a lost answer) they are the same request with the
    same receipt; a browser that made no token is given one by the server.
    """
    form, hub = form_of(request), hub_of(request)
    answers = await read_answers(request)
    language = language_for(request, answers.pop("language", None))
    aside, token = aside_of(answers), _token_in(answers)
    values, faults = form.check(answers)
    if faults:
        return _not_taken(request, form, answers | {"token": token or new_token()}, language, faults)
    content = receipts.content_of(form.name, values)
    token = token or hub.cases.tokens.token(content, _sender(request), hub.now())
    if wait := held(request, form, answers | {"token": token}, language, aside):
        return wait
    secret = receipts.secret_of(token, content)
    try:
        batch = hub.cases.receive(form, values, language, secret, hub.now())
        await hub.writer.put(batch)
        hub.cases.received(batch)
        return await _received(request, form, secret, language)
    except (StoreUnavailable, NotSetUp) as error:
        return _not_stored(request, form, answers | {"token": token}, language, getattr(error, "retry_after", 60))


def _sender(request: Request) -> str:
    # many people share an address; the browser's name keeps most of them apart
    return f"{address_of(request)} {request.headers.get('user-agent', '')}"


def _token_in(answers: dict) -> str:
    token = answers.pop("token", "")
    return token if isinstance(token, str) and receipts.TOKEN.fullmatch(token) else ""


def _not_taken(request: Request, form: Form, answers: dict, language: str, faults: list[Fault]) -> Response:
    if speaks_json(request):
        sentence = hub_of(request).renderer.words.say(language, "problem.faults")
        return JSONResponse(error_body(sentence, described(request, form, faults, language)), 422)
    return _form_page(request, form, language, answers, faults, 422)


def _not_stored(request: Request, form: Form, answers: dict, language: str, seconds: int) -> Response:
    sentence = hub_of(request).renderer.words.say(language, "problem.unavailable")
    if speaks_json(request):
        response: Response = JSONResponse(error_body(sentence), 503)
    else:
        response = _form_page(request, form, language, answers, (), 503, problem=sentence)
    response.headers["Retry-After"] = str(seconds)
    return response


async def _received(request: Request, form: Form, secret: bytes, language: str) -> Response:
    hub = hub_of(request)
    if speaks_json(request):
        row = await run_in_threadpool(hub.cases.claim, form.name, secret)
        if row is None:
            raise StoreUnavailable("erased in this very moment")
        told = {"ok": True, "receipt": receipts.digits_of(secret)}
        return JSONResponse(told | {name: row[name] for name in ("received_on", "answer_by")}, 201)
    return to_receipt(request, form, secret, language)


def _form_page(
    request: Request, form: Form, language: str, answers: dict, faults=(), status: int = 200, **more
) -> Response:
    renderer = hub_of(request).renderer
    return page(
        request, "page.html", language, status, title=form.text("title", language),
        form_html=renderer.form_html(form, language, answers, faults),
        other_url=f"{'/en' if language == 'id' else ''}/forms/{form.name}/", leave=form.urgent, **more,
    )  # fmt: skip


def show_form(request: Request) -> Response:
    """The form's page is a static one; only a form begun by a link (``?page=…``) is made here."""
    form = form_of(request)
    language = language_for(request)
    begun = {f.name: request.query_params[f.name] for f in form.fields if f.name in request.query_params}
    if begun:
        return _form_page(request, form, language, begun | {"token": new_token()})
    return RedirectResponse(f"{'' if language == 'id' else '/en'}/forms/{form.name}/", 303)


async def unavailable(request: Request, error: StoreUnavailable) -> Response:
    """The database cannot be reached: say so, and when to try again."""
    response = refuse(request, Refusal(503, "ours"))
    response.headers["Retry-After"] = "60"
    return response


ROUTES = [
    Route("/forms/{form}", show_form, methods=["GET"]),
    Route("/forms/{form}", submit, methods=["POST"]),
]
