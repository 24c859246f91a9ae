"""The officers' desk: the morning's numbers and the list behind each."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from forms_api.case.notices import KINDS, LONG, MOST_TRIES
from forms_api.case.sight import FILTERS, MARKS, SOON, Sight
from forms_api.case.states import WAITING
from forms_api.desk.signing import guarded, own
from forms_api.door.door import Hub, answers_of, hub_of, page
from forms_api.forms import villages
from forms_api.people.accounts import clean
from forms_api.people.officers import Session
from forms_api.words import LANGUAGES, amount, one_or_many

SHOWN = 16  # rows a page: under 10 kB when every row has every mark and the longest label
AFTER = re.compile(r"(\d{4}-\d\d-\d\d)\.([0-9a-f]{32})")
NUMBERS = {
    "danger": {"unread": "yes", "danger": "yes"}, "unread": {"unread": "yes"}, "due": {"due": "yes"},
    "late": {"late": "yes"}, "waiting": {"status": "answered"}, "soon": {"soon": "yes"}, "forget": {"forget": "yes"},
}  # fmt: skip


def morning(request: Request, session: Session) -> Response:
    """What waits this morning, each number a link to its rows; ``?lang=`` changes the officer's language for good."""
    wanted = request.query_params.get("lang")
    if wanted in LANGUAGES and wanted != session.language:
        hub_of(request).officers.speak(session, wanted)
        return RedirectResponse("/desk/", 303)
    return morning_page(request, session)


def morning_page(request: Request, session: Session, status: int = 200, problem: str = "") -> Response:
    """The numbers, and perhaps the key of a sentence that says what was wrong."""
    hub, sight, say = hub_of(request), sight_of(request, session), hub_of(request).renderer.words.say
    numbers = [(name, urlencode(chosen), sight.count(chosen)) for name, chosen in NUMBERS.items()]
    return page(
        request, "desk_morning.html", session.language, status, session=session, numbers=numbers, forms=hub.forms,
        failed=len(hub.cases.outbox.failed()), waiting=len(hub.cases.outbox.waiting(hub.now())),
        soon=amount(SOON.days, "days", session.language), problem=say(session.language, problem) if problem else "",
        long=amount(LONG.seconds // 3600, "hours", session.language), other_url=_other(session),
    )  # fmt: skip


def notices(request: Request, session: Session) -> Response:
    """The notices that nobody was told, a line a day: those given up, by the day of that, and those that wait, by the
    day since when."""
    hub, language = hub_of(request), session.language
    outbox = hub.cases.outbox
    return page(
        request, "desk_notices.html", language, session=session, tries=MOST_TRIES, other_url=None,
        failed=_by_day(hub, outbox.failed(), "failed_on", language),
        waiting=_by_day(hub, outbox.waiting(hub.now()), "due", language),
        long=amount(LONG.seconds // 3600, "hours", language),
    )  # fmt: skip


def _by_day(hub: Hub, rows: list[dict], column: str, language: str) -> list[tuple[str, str]]:
    """Each day in ``column``, the newest first, and how many notices of which kind it has."""
    counts: dict[str, Counter] = {}
    for row in rows:
        counts.setdefault(row[column][:10], Counter())[row["kind"]] += 1
    say = partial(hub.renderer.words.say, language)
    return [
        (hub.renderer.day(day, language),
         ", ".join(say(f"notice.{kind}.{one_or_many(count)}", count=count) for kind in KINDS if (count := kinds[kind])))
        for day, kinds in sorted(counts.items(), reverse=True)
    ]  # fmt: skip


def tell_again(request: Request, session: Session) -> Response:
    """Let them be tried anew, by the next run of the command that tells."""
    hub = hub_of(request)
    own(session, answers_of(request))
    hub.officers.record(session, "told_again", hub.now())
    hub.cases.outbox.again(hub.now())
    return RedirectResponse("/desk/", 303)


def listing(request: Request, session: Session) -> Response:
    """The cases that the filter in the address chooses, a page of them behind the one that ``after`` names."""
    hub, sight = hub_of(request), sight_of(request, session)
    chosen, problem = shown_filter(request, session.language)
    begun = AFTER.fullmatch(request.query_params.get("after", ""))
    found = list(sight.find(chosen, begun.groups() if begun else None, SHOWN + 1))
    rows, last = found[:SHOWN], found[SHOWN - 1] if len(found) > SHOWN else None
    return list_page(
        request, session, chosen, [hub.cases.opened(row, session.opener) for row in rows], problem=problem,
        told=counted(hub, sight.count(chosen), session.language),
        later=f"{last['received_on']}.{last['id']}" if last else "", begun=bool(begun),
    )  # fmt: skip


def list_page(
    request: Request, session: Session, chosen: dict, rows: list[dict], status: int = 200, problem: str = "", **more
) -> Response:
    """The list page with these opened rows; ``told`` says how many there are, ``later`` where the next page begins."""
    hub = hub_of(request)
    # the database knows only the day; within one the latest stands first, and last what does not open
    rows.sort(key=lambda row: (row["received_on"], row["received_at"] or ""), reverse=True)
    return page(
        request, "desk.html", session.language, status, session=session, chosen=chosen, forms=hub.forms, marks=MARKS,
        rows=[summary(hub, row, session.language) for row in rows], states=states_of(hub), problem=problem,
        place=_place(hub, chosen["village"]),
        query=urlencode({name: value for name, value in chosen.items() if value}),
        **{"told": "", "later": "", "begun": False, "words": ""} | more,
    )  # fmt: skip


def counted(hub: Hub, count: int, language: str) -> str:
    """How many requests."""
    return hub.renderer.words.say(language, f"desk.count.{one_or_many(count)}", count=count)


def sight_of(request: Request, session: Session) -> Sight:
    """The cases that the officer may see. Every look-up of the desk goes through it."""
    hub = hub_of(request)
    return hub.cases.sight(hub.now(), session.villages)


def chosen_filter(request: Request, language: str, asked: Mapping | None = None) -> tuple[dict[str, str], str]:
    """The filter in the address, or in ``asked``, and the sentence that says what in it is not understood. What is not
    understood asks for nothing, so whoever hands much out must look at that sentence first."""
    hub, asked = hub_of(request), request.query_params if asked is None else asked
    say = partial(hub.renderer.words.say, language)
    chosen, problem = {}, ""
    for name in FILTERS:
        typed = str(asked.get(name, "")).strip()
        try:
            chosen[name] = _meant(hub, name, typed) if typed else ""
        except _NotUnderstood as error:
            label = say(f"desk.mark.{name}") if name in MARKS else say(f"desk.{name}")
            chosen[name], problem = "", say(error.key, typed=typed, name=label, names="; ".join(error.names))
    return chosen, problem


class _NotUnderstood(Exception):
    """``key`` names the sentence that says why; ``names``: what may have been meant."""

    def __init__(self, key: str, names: Iterable[str] = ()):
        super().__init__(key)
        self.key = key
        self.names = names


def _meant(hub: Hub, name: str, typed: str) -> str:
    """What the filter ``name`` asks for. Raises _NotUnderstood."""
    if name in ("since", "until"):
        try:
            return date.fromisoformat(typed).isoformat()
        except ValueError:
            raise _NotUnderstood("desk.bad_day") from None
    if name == "village":
        found = villages.meant(villages.of_forms(hub.forms.values()), typed)
        if len(found) != 1:
            raise _NotUnderstood("desk.which_village" if found else "desk.bad_village", map(villages.full, found))
        return found[0].code
    if name == "assignee":
        # whoever left has no account any more, and their cases are to be found all the same
        known, typed = [row["id"] for row in hub.officers.accounts.everybody()], clean(typed)
        known += [typed] if hub.cases.sight(hub.now()).count({"assignee": typed}) else []
    else:
        known = {"form": hub.forms, "status": [choice.code for choice in states_of(hub).choices]}.get(name, ["yes"])
    if typed not in known:
        raise _NotUnderstood("desk.bad_filter")
    return typed


def shown_filter(request: Request, language: str, asked: Mapping | None = None) -> tuple[dict[str, str], str]:
    """``chosen_filter`` for a page that shows its rows all the same, and therefore says that it does."""
    chosen, problem = chosen_filter(request, language, asked)
    return chosen, problem and f"{problem} {hub_of(request).renderer.words.say(language, 'desk.not_used')}"


def in_words(hub: Hub, chosen: Mapping[str, str], language: str) -> str:
    """A filter as the list's own labels say it."""
    say = partial(hub.renderer.words.say, language)
    shown = {
        "form": lambda name: form_title(hub, name, language),
        "status": lambda code: states_of(hub).label(code, language),
        "village": lambda code: _place(hub, code) or code,
        **dict.fromkeys(("since", "until"), lambda day: hub.renderer.day(day, language)),
    }
    parts = (
        say(f"desk.mark.{name}") if name in MARKS else f"{say(f'desk.{name}')}: {shown.get(name, str)(value)}"
        for name, value in chosen.items() if value
    )  # fmt: skip
    return "; ".join(parts) or "-"


def form_title(hub: Hub, name: str, language: str) -> str:
    """The title of the form with that name, which may be of a form that is no more."""
    return hub.forms[name].text("title", language) if name in hub.forms else name


def _place(hub: Hub, code: str) -> str:
    """The full name of a village, or nothing."""
    return next((villages.full(each) for each in villages.of_forms(hub.forms.values()) if each.code == code), "")


def states_of(hub: Hub):
    """The column that holds a case's state, with its labels."""
    return common_of(hub, "status")


def common_of(hub: Hub, name: str):
    """A column that every case has."""
    return next(field for field in next(iter(hub.forms.values())).common if field.name == name)


def summary(hub: Hub, row: dict, language: str) -> dict:
    """An opened row with what the list and the case page say about it."""
    form = hub.forms[row["form"]]
    subject = next(field for field in form.fields if field.name == form.spec["subject"])
    today = hub.now().astimezone(hub.cases.zone).date().isoformat()
    received = row["received_on"] if row["broken"] else hub.cases.local(row["received_at"])
    return {
        **row,
        "form_title": form.text("title", language),
        "received": hub.renderer.day(received, language),
        "due": hub.renderer.day(row["answer_by"], language),
        "late": row["status"] in WAITING and row["answer_by"] < today,
        "in_danger": row.get("danger") == "yes",
        "status_text": states_of(hub).label(row["status"], language),
        "subject": hub.renderer.words.say(language, "desk.broken") if row["broken"]
        else subject.label(row[subject.name], language),
    }  # fmt: skip


def _other(session: Session) -> str:
    return "/desk/?lang=" + ("en" if session.language == "id" else "id")


ROUTES = [
    Route("/desk", guarded(lambda *_: RedirectResponse("/desk/", 303)), methods=["GET"]),
    Route("/desk/", guarded(morning), methods=["GET"]),
    Route("/desk/list", guarded(listing), methods=["GET"]),
    Route("/desk/notices", guarded(notices), methods=["GET"]),
    Route("/desk/notices", guarded(tell_again), methods=["POST"]),
]
