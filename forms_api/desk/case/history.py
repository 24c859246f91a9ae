"""What was done with a case: the lines that its page shows, and the pages that show all of them."""

from itertools import groupby

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forms_api.desk.case.found import of_case
from forms_api.desk.lists import common_of
from forms_api.door.door import Hub, hub_of, page
from forms_api.keys.team import PAPER
from forms_api.people.officers import Session

FIRST = 20  # lines that the case's own page shows
LINES = 60  # of a page of the history: under 10 kB
# The column of which the codes in the detail of an act are
COLUMNS = {"status": "status", "reply": "status", "wrote": "status", "hand_on": "handed_to", "key_in": "channel"}

WHO = {"": "desk.sender", PAPER: "desk.paper_key"}  # who is no officer


def history(request: Request, session: Session, row: dict) -> Response:
    """A page of the history alone, newest first: ``?page=2`` and so on."""
    asked = request.query_params.get("page", "")
    number = max(1, int(asked[:5])) if asked.isascii() and asked.isdecimal() else 1
    told = lines(hub_of(request), row["id"], session.language, number * LINES)
    return page(
        request, "case_history.html", session.language, session=session, history=told[0][(number - 1) * LINES :],
        path=request.url.path.removesuffix("/history"), number=number, more=told[1],
    )  # fmt: skip


def lines(hub: Hub, case: str, language: str, most: int) -> tuple[list[dict], bool]:
    """The newest ``most`` lines about the case with that id, and whether there are more. What an officer opened several
    times in a row is one line, which says how often."""
    runs = groupby(hub.officers.events(case), lambda each: each["officer"] if each["act"] == "read" else each["id"])
    told = [(next(run), 1 + sum(1 for _ in run)) for _, run in runs]
    return [_line(hub, event, times, language) for event, times in told[:most]], len(told) > most


def _line(hub: Hub, event: dict, times: int, language: str) -> dict:
    say, act = hub.renderer.words.say, event["act"]
    parts = event["detail"].split(" → ") if event["detail"] else []
    if act in COLUMNS:
        parts = [common_of(hub, COLUMNS[act]).label(each, language) for each in parts]
    elif act == "link":  # the number of another case says nothing to a reader; the page has a link to it
        parts = []
    elif act == "assign" and not parts:
        parts = [say(language, "desk.nobody")]
    at = hub.cases.local(event["at"])
    return {
        "when": hub.renderer.day(at if event["officer"] else at.date(), language),  # of its sender only the day is kept
        "who": say(language, WHO[event["officer"]]) if event["officer"] in WHO else event["officer"],
        "act": say(language, f"act.{act}"),
        "detail": say(language, "desk.times", times=times) if times > 1 else " → ".join(parts),
    }


ROUTES = [Route("/desk/case/{form}/{id}/history", of_case(history), methods=["GET"])]
