"""The application: routes, headers, and an answer to every error."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from traceback import extract_tb

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from forms_api.case.cases import Cases
from forms_api.case.days import holidays_of
from forms_api.config import Settings
from forms_api.desk import account_page, colleagues, downloads, finding, key_in, lists, signing
from forms_api.desk.case import casework
from forms_api.door.door import Hub, Refusal, refuse
from forms_api.door.guesses import Guesses
from forms_api.door.visits import Visits
from forms_api.forms.tables import load_forms, read_rows
from forms_api.keys.team import Team
from forms_api.pages.headers import SafeHeaders
from forms_api.pages.render import Renderer
from forms_api.people.officers import Officers, Refused
from forms_api.public import follow_up, openapi, receipt_page, sending
from forms_api.public.files import Site
from forms_api.store import StoreUnavailable, open_store
from forms_api.store.writer import Writer

log = logging.getLogger("forms_api")


def create_app(settings: Settings, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> FastAPI:
    """The whole hub behind ``settings``. ``now`` gives an aware time; tests turn its hands.

    Raises StoreUnavailable when the database cannot be opened.
    """
    store = open_store(settings.store_url)
    forms = load_forms(settings.data_dir)
    renderer = Renderer(settings.data_dir)
    app = FastAPI(
        openapi_url="/forms/openapi.json" if settings.openapi else None,
        docs_url=None,
        redoc_url=None,
        middleware=[Middleware(SafeHeaders, secure=settings.secure_cookies), Middleware(NoTraceback)],
    )
    team = Team(store)
    holidays = holidays_of(read_rows(settings.data_dir, "holidays"))
    cases = Cases(store, forms, renderer.hub["time_zone"], team, holidays)
    officers = Officers(store, team)
    app.state.hub = Hub(
        settings, forms, cases, officers, renderer, now, Writer(store), Guesses(store), Visits(store)
    )
    described = openapi.describe(forms, renderer.hub["name"])
    app.openapi = lambda: described
    for rooms in (receipt_page, follow_up, sending, signing, lists, finding, casework, key_in, downloads,
                  account_page, colleagues):
        app.router.routes += rooms.ROUTES
    app.add_exception_handler(Refusal, _refusal)
    app.add_exception_handler(Refused, signing.refused)
    app.add_exception_handler(StoreUnavailable, sending.unavailable)
    app.add_exception_handler(HTTPException, _http)
    if settings.serve_site:
        app.mount("/", Site(settings.site_dir))
    return app


class NoTraceback:
    """Answers what nobody foresaw with a plain sentence, and logs where it broke, never what was in it.

    An exception's text may hold an answer, and the server prints every exception that reaches it; a handler of
    the framework would not do, because the framework raises the exception again after calling it.
    """

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        begun = []

        async def note(message):
            begun.append(message["type"])
            await send(message)

        try:
            await self.app(scope, receive, note)
        except ClientDisconnect:
            return  # nobody is there to be answered, and nothing of ours broke
        except Exception as error:
            if scope["type"] != "http":
                raise
            ours = [each for each in extract_tb(error.__traceback__) if "forms_api" in each.filename]
            places = ", ".join(f"{each.filename}:{each.lineno}" for each in ours[-2:])
            log.error("%s at %s", type(error).__name__, places)
            if not begun:
                await refuse(Request(scope), Refusal(500, "ours"))(scope, receive, send)


async def _refusal(request: Request, error: Refusal) -> Response:
    return refuse(request, error)


async def _http(request: Request, error: HTTPException) -> Response:
    key = {404: "not_found", 405: "not_allowed"}.get(error.status_code, "ours")
    response = refuse(request, Refusal(error.status_code, key))
    response.headers.update(error.headers or {})
    return response
