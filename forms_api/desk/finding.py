"""Finding a case on the desk: by the receipt that its sender reads out, or by words in its answers."""

import re

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from forms_api.desk.lists import SHOWN, list_page, morning_page, shown_filter, sight_of
from forms_api.desk.signing import guarded, own
from forms_api.door.door import answers_of, hub_of
from forms_api.forms.tables import Form
from forms_api.keys import receipts
from forms_api.people.officers import Session

MOST_OPENED = 5000  # answers that one search opens
FEWEST_DIGITS = 4  # of a telephone number that are worth a search
NOT_DIGITS = re.compile(r"[^0-9]")


def find(request: Request, session: Session) -> Response:
    """Open the case whose sender reads out a receipt."""
    answers = answers_of(request)
    own(session, answers)
    try:
        row = hub_of(request).cases.by_receipt(receipts.read(str(answers.get("code", ""))))
    except receipts.NotAReceipt:
        return morning_page(request, session, 422, "follow_up.mistyped")
    row = sight_of(request, session).seen(row)
    if row is None:
        return morning_page(request, session, 404, "follow_up.unknown")
    return RedirectResponse(f"/desk/case/{row['form']}/{row['id']}", 303)


def search(request: Request, session: Session) -> Response:
    """The filtered cases whose answers hold the words sent, of the newest that one search opens. The words are in no
    address, event or log."""
    answers = answers_of(request)
    own(session, answers)
    hub, sight = hub_of(request), sight_of(request, session)
    chosen, problem = shown_filter(request, session.language, answers)
    words = str(answers.get("words", "")).strip()
    say = hub.renderer.words.say
    if len(words) < 2:
        return list_page(request, session, chosen, [], 422, say(session.language, "desk.no_words"))
    hub.officers.record(session, "search", hub.now(), chosen["form"])
    rows = list(sight.find(chosen, most=MOST_OPENED))
    found = [row for row in (hub.cases.opened(row, session.opener) for row in rows)
             if _holds(hub.forms[row["form"]], row, words, session.language)]  # fmt: skip
    opened = len(rows)
    part = opened == MOST_OPENED and sight.count(chosen) > opened
    told = say(session.language, "desk.searched_part" if part else "desk.searched", found=len(found), opened=opened)
    if len(found) > SHOWN:
        told += " " + say(session.language, "desk.shown", shown=SHOWN)
    return list_page(request, session, chosen, found[:SHOWN], problem=problem, told=told, words=words)


def _holds(form: Form, row: dict, words: str, language: str) -> bool:
    """Whether an answer, as it is kept or as it is read, holds ``words``; or a telephone number their digits."""
    wanted, digits = words.casefold(), NOT_DIGITS.sub("", words).lstrip("0")
    for field in form.fields:
        value = row[field.name]
        if isinstance(value, str) and (wanted in value.casefold() or wanted in field.label(value, language).casefold()):
            return True
        if field.control == "tel" and value and len(digits) >= FEWEST_DIGITS and digits in value:
            return True
    return False


ROUTES = [
    Route("/desk/", guarded(find), methods=["POST"]),
    Route("/desk/search", guarded(search), methods=["POST"]),
]
