"""The steps that an officer may take in a case: each is a button of the case's page."""

from starlette.requests import Request

from forms_api.case.messages import LONGEST
from forms_api.case.states import NotAllowed
from forms_api.desk.lists import common_of, sight_of
from forms_api.door.door import Hub, hub_of
from forms_api.forms.tables import tidy
from forms_api.keys import receipts
from forms_api.people.accounts import villages_of
from forms_api.people.officers import Session


class Unfit(Exception):
    """A step that was not taken; ``key`` names the sentence that says why, ``values`` fill it."""

    def __init__(self, key: str, **values):
        super().__init__(key)
        self.key = key
        self.values = values


def take(do: str, request: Request, session: Session, row: dict, answers: dict[str, str]) -> None:
    """Take the step ``do`` in a case (its row) with what the form says. Raises Unfit, NotAllowed, Newer."""
    if do not in STEPS:
        raise NotAllowed(row["status"])
    STEPS[do](request, session, row, answers)


def sent_before(do: str, request: Request, session: Session, row: dict, answers: dict[str, str]) -> bool:
    """Whether the last message is the very one that is being sent: a double tap, or a page that was loaded again."""
    field, side = WRITES.get(do, ("", ""))
    written = hub_of(request).cases.messages.for_team(row["id"], session.opener)
    last = [written[-1][name] for name in ("side", "officer", "text")] if written else []
    return last == [side, session.officer, tidy(answers.get(field, ""))]


def colleagues(hub: Hub, row: dict) -> list[str]:
    """The officers who may see the case."""
    everybody = hub.officers.accounts.everybody()
    return [each["id"] for each in everybody if hub.cases.sight(hub.now(), villages_of(each)).seen(row)]


def _move(request: Request, session: Session, row: dict, answers: dict) -> None:
    hub, state = hub_of(request), answers.get("status", "")
    hub.cases.move(row["form"], row["id"], state, hub.now(), session, answers.get("seen", ""))


def _reply(request: Request, session: Session, row: dict, answers: dict) -> None:
    hub, text = hub_of(request), _text(answers, "reply")
    hub.cases.reply(row, text, session, hub.now(), answers.get("seen", ""))


def _note(request: Request, session: Session, row: dict, answers: dict) -> None:
    hub, text = hub_of(request), _text(answers, "note")
    hub.cases.note(row, text, session, hub.now(), answers.get("seen", ""))


def _assign(request: Request, session: Session, row: dict, answers: dict) -> None:
    hub, name = hub_of(request), answers.get("officer", "")
    if name and name not in colleagues(hub, row):
        raise Unfit("desk.bad_colleague")
    hub.cases.change(row, "assign", {"assignee": name or None}, hub.now(), session, name)


def _hand_on(request: Request, session: Session, row: dict, answers: dict) -> None:
    hub, to = hub_of(request), answers.get("to", "")
    if not to and row["handed_to"]:  # taken back, which needs no reason
        hub.cases.change(row, "hand_back", {"handed_to": None}, hub.now(), session)
        return
    if to not in [choice.code for choice in common_of(hub, "handed_to").choices]:
        raise Unfit("desk.bad_hand_on")
    why = _text(answers, "reason")
    hub.cases.change(row, "hand_on", {"handed_to": to}, hub.now(), session, to, why, answers.get("seen", ""))


def _link(request: Request, session: Session, row: dict, answers: dict) -> None:
    hub, typed = hub_of(request), answers.get("other", "").strip()
    try:
        other = sight_of(request, session).seen(hub.cases.by_receipt(receipts.read(typed)))
    except receipts.NotAReceipt:
        form, _, id = typed.partition("/desk/case/")[2].partition("/")
        other = sight_of(request, session).get(form, id.partition("?")[0].rstrip("/"))
    if other is None or other["id"] == row["id"]:
        raise Unfit("desk.bad_link")
    if _leads_to(hub, other, row["id"]):
        raise Unfit("desk.circular_link")
    hub.cases.change(row, "link", {"double_of": other["id"]}, hub.now(), session, other["id"])


def _leads_to(hub: Hub, other: dict | None, id: str) -> bool:
    """Whether the links from ``other`` come to the case with that id, also by cases that the officer does not see."""
    everywhere, passed = hub.cases.sight(hub.now()), set()
    while other and other["id"] not in passed:
        passed.add(other["id"])
        other = everywhere.by_id(other["double_of"])
    return id in passed


def _unlink(request: Request, session: Session, row: dict, answers: dict) -> None:
    hub_of(request).cases.change(row, "unlink", {"double_of": None}, hub_of(request).now(), session)


def _erase(request: Request, session: Session, row: dict, answers: dict) -> None:
    if not session.supervises:
        raise Unfit("desk.supervisor")
    hub = hub_of(request)
    hub.officers.record(session, "erase", hub.now(), row["form"], row["id"])
    hub.cases.erase(row["form"], row["id"])


def _text(answers: dict, name: str) -> str:
    text = tidy(answers.get(name, ""))
    if not text:
        raise Unfit("desk.empty_text")
    if len(text) > LONGEST:
        raise Unfit("desk.long_text", over=len(text) - LONGEST, most=LONGEST)
    return text


STEPS = {
    "move": _move, "reply": _reply, "note": _note, "assign": _assign, "hand_on": _hand_on, "link": _link,
    "unlink": _unlink, "erase": _erase,
}  # fmt: skip
# What a step takes from the form; and of those that write, the field and the side on which it is read
TAKES = {"reply": ("reply",), "note": ("note",), "assign": ("officer",), "hand_on": ("to", "reason"),
         "link": ("other",)}  # fmt: skip
WRITES = {"reply": ("reply", "officer"), "note": ("note", "note"), "hand_on": ("reason", "note")}
