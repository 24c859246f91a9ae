"""The officers' desk: the list, one case, its state, and finding a case by its sender's receipt."""

from datetime import date
from itertools import islice

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from forms_api import receipts
from forms_api.door import Hub, answers_of, hub_of, page
from forms_api.officers import Session
from forms_api.signing import guarded, own
from forms_api.words import LANGUAGES

SHOWN = 200


def listing(request: Request, session: Session) -> Response:
    """The list, filtered by form, state and day; ``?lang=`` changes the officer's language for good."""
    wanted = request.query_params.get("lang")
    if wanted in LANGUAGES and wanted != session.language:
        hub_of(request).officers.speak(session, wanted)
        return RedirectResponse("/desk/", 303)
    return _list_page(request, session)


def find(request: Request, session: Session) -> Response:
    """Open the case whose sender reads out a receipt."""
    answers = answers_of(request)
    own(session, answers)
    try:
        row = hub_of(request).cases.by_receipt(receipts.read(str(answers.get("code", ""))))
    except receipts.NotAReceipt:
        return _list_page(request, session, 422, "follow_up.mistyped")
    if row is None:
        return _list_page(request, session, 404, "follow_up.unknown")
    return RedirectResponse(f"/desk/case/{row['form']}/{row['id']}", 303)


def _list_page(request: Request, session: Session, status: int = 200, trouble: str = "") -> Response:
    hub = hub_of(request)
    chosen, problem = chosen_filter(request)
    problem = trouble or problem
    found = hub.cases.find(**chosen)
    rows = [hub.cases.opened(row, session.opener) for row in islice(found, SHOWN)]
    count = len(rows) + sum(1 for _ in found)
    # the database knows only the day; within one the latest stands first, and last what does not open
    rows.sort(key=lambda row: (row["received_on"], row["received_at"] or ""), reverse=True)
    shown = [_summary(hub, row, session.language) for row in rows]
    query = "&".join(f"{key}={value}" for key, value in chosen.items() if value)
    return page(
        request, "desk.html", session.language, status, session=session, rows=shown, count=count, chosen=chosen,
        forms=hub.forms, states=_states(hub), query=query, other_url=_other(session),
        problem=hub.renderer.words.say(session.language, problem) if problem else "",
    )  # fmt: skip


def case(request: Request, session: Session) -> Response:
    """One case with its answers and its history. That it was read is written before it is shown."""
    hub = hub_of(request)
    row = _find(request)
    if row is None:
        return _no_case(request, session)
    hub.officers.record(session, "read", hub.now(), row["form"], row["id"])
    return _case_page(request, session, row)


def change(request: Request, session: Session) -> Response:
    """Set a case's state, or delete the case at its sender's wish."""
    hub, answers = hub_of(request), answers_of(request)
    row = _find(request)
    if row is None:
        return _no_case(request, session)
    own(session, answers)
    if answers.get("erase") == "yes":
        hub.officers.record(session, "erase", hub.now(), row["form"], row["id"])
        hub.cases.erase(row["form"], row["id"])
        return RedirectResponse("/desk/", 303)
    status = answers.get("status")
    if status not in [choice.code for choice in _states(hub).choices]:
        return _case_page(request, session, row, 422, "desk.bad_status")
    hub.officers.record(session, "status", hub.now(), row["form"], row["id"], f"{row['status']} → {status}")
    hub.cases.set_status(row["form"], row["id"], status, hub.now())
    return RedirectResponse(request.url.path, 303)


def chosen_filter(request: Request) -> tuple[dict[str, str], str]:
    """The filter in the address, and the sentence key of what was wrong with it."""
    hub, asked = hub_of(request), request.query_params
    form, status = asked.get("form", ""), asked.get("status", "")
    states = [choice.code for choice in _states(hub).choices]
    chosen = {"form": form if form in hub.forms else "", "status": status if status in states else ""}
    problem = ""
    for key in ("since", "until"):
        try:
            chosen[key] = date.fromisoformat(asked.get(key, "")).isoformat() if asked.get(key) else ""
        except ValueError:
            chosen[key], problem = "", "desk.bad_day"
    return chosen, problem


def _states(hub: Hub):
    form = next(iter(hub.forms.values()))
    return next(field for field in form.common if field.name == "status")


def _summary(hub: Hub, row: dict, language: str) -> dict:
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
        "late": row["status"] in ("new", "in_progress") and row["answer_by"] < today,
        "in_danger": row.get("danger") == "yes",
        "status_text": _states(hub).label(row["status"], language),
        "subject": hub.renderer.words.say(language, "desk.broken") if row["broken"]
        else subject.label(row[subject.name], language),
    }


def _case_page(request: Request, session: Session, row: dict, status: int = 200, problem: str = "") -> Response:
    hub = hub_of(request)
    row = hub.cases.opened(row, session.opener)
    history = [
        {**event, "when": hub.renderer.day(hub.cases.local(event["at"]), session.language)}
        for event in hub.officers.events(row["id"])
    ]
    return page(
        request, "case.html", session.language, status, session=session, row=_summary(hub, row, session.language),
        form=hub.forms[row["form"]], states=_states(hub), history=history, path=request.url.path,
        problem=hub.renderer.words.say(session.language, problem) if problem else "",
    )  # fmt: skip


def _find(request: Request) -> dict | None:
    return hub_of(request).cases.get(request.path_params["form"], request.path_params["id"])


def _no_case(request: Request, session: Session) -> Response:
    say = hub_of(request).renderer.words.say
    return page(request, "page.html", session.language, 404, title=say(session.language, "desk.no_case"),
                link="/desk/", link_text=say(session.language, "desk.back"))  # fmt: skip


def _other(session: Session) -> str:
    return "/desk/?lang=" + ("en" if session.language == "id" else "id")


ROUTES = [
    Route("/desk/", guarded(listing), methods=["GET"]),
    Route("/desk/", guarded(find), methods=["POST"]),
    Route("/desk/case/{form}/{id}", guarded(case), methods=["GET"]),
    Route("/desk/case/{form}/{id}", guarded(change), methods=["POST"]),
]
