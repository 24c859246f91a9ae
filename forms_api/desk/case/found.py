"""The case that an address of the desk names, if the officer may see it."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from forms_api.desk.lists import sight_of
from forms_api.desk.signing import guarded
from forms_api.door.door import hub_of, page
from forms_api.people.officers import Session


def of_case(endpoint: Callable[[Request, Session, dict], Response]) -> Callable[[Request], Response]:
    """A route that a signed-in officer reaches for a case (its row) that is there and theirs to see."""

    def route(request: Request, session: Session) -> Response:
        row = found(request, session)
        return endpoint(request, session, row) if row else last_page(request, session, "desk.no_case", 404)

    return guarded(route)


def found(request: Request, session: Session) -> dict | None:
    """The row of the case as it stands now."""
    return sight_of(request, session).get(request.path_params["form"], request.path_params["id"])


def last_page(request: Request, session: Session, key: str, status: int) -> Response:
    """A page for a case that is not there (any more), with the sentence ``key``."""
    say = hub_of(request).renderer.words.say
    return page(request, "page.html", session.language, status, title=say(session.language, key),
                link="/desk/list", link_text=say(session.language, "desk.back"))  # fmt: skip
