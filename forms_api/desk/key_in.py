"""Keying in a paper form or a telephone call: the villager's own form on the desk, the same check, the same receipt."""

from dataclasses import replace
from functools import partial
from secrets import token_hex as new_token
from uuid import UUID, uuid5

from anyio import from_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forms_api.desk.lists import common_of
from forms_api.desk.signing import Stale, guarded, own
from forms_api.door.door import Hub, answers_of, form_of, hub_of, page
from forms_api.forms import villages
from forms_api.forms.tables import Fault, Field, Form
from forms_api.keys import receipts
from forms_api.people.events import event
from forms_api.people.officers import Session
from forms_api.store import Row, StoreUnavailable
from forms_api.words import LANGUAGES

CHANNELS = ("paper", "phone")
MOST_READ = "id"  # by those who come to the counter or call, whatever the officer reads


def show(request: Request, session: Session) -> Response:
    """The empty form."""
    return _form_page(request, session, form_of(request), {"token": new_token()})


def store(request: Request, session: Session) -> Response:
    """Take what was keyed in; the receipt is shown in the answer, after everything is on the disk. Sent again it is the
    same request with the same receipt."""
    hub, form, answers = hub_of(request), form_of(request), answers_of(request)
    typed, token = dict(answers), str(answers.pop("token", ""))
    say, typed["token"] = hub.renderer.words.say, token if receipts.TOKEN.fullmatch(token) else new_token()
    try:
        own(session, {"token": answers.pop("own", "")})
    except Stale:
        return _form_page(request, session, form, typed, (), 403, say(session.language, "desk.stale_kept"))
    for name in ("language", "link"):
        answers.pop(name, None)
    channel, reads = answers.pop("channel", ""), answers.pop("reads", "")
    reads = reads if reads in LANGUAGES else MOST_READ
    values, faults = form.check(_with_codes(form, answers))
    faults = [Fault("channel", "missing")] * (channel not in CHANNELS) + faults
    if faults or token != typed["token"]:
        return _form_page(request, session, form, typed, faults, 422)
    secret = receipts.secret_of(token, receipts.content_of(form.name, values))
    try:
        batch = hub.cases.receive(form, values, reads, secret, hub.now(), channel)
        from_thread.run(hub.writer.put, [*batch, _told(session, hub, batch[0][1])])
        hub.cases.received(batch)
        row = hub.cases.claim(form.name, secret)
        if row is None:
            raise StoreUnavailable("erased in this very moment")
    except StoreUnavailable:
        return _form_page(request, session, form, typed, (), 503, say(session.language, "desk.not_stored"))
    return _strip(request, session, form, row, receipts.digits_of(secret))


def _told(session: Session, hub: Hub, row: dict) -> Row:
    table, told = event(session.officer, "key_in", hub.now(), row["channel"], row["form"], row["id"])
    # one event for one request, however often it is sent
    return table, told | {"id": str(uuid5(UUID(hex=row["id"]), "key_in"))}


def _strip(request: Request, session: Session, form: Form, row: dict, digits: str) -> Response:
    """The strip speaks the sender's language, what is around it the officer's."""
    hub, reads = hub_of(request), row["language"]
    return page(
        request, "strip.html", session.language, session=session, code=receipts.grouped(digits), form=form,
        due=hub.renderer.day(row["answer_by"], reads), reads=reads, say=partial(hub.renderer.words.say, reads),
        danger=row.get("danger") == "yes", where=f"{request.url.netloc}/follow-up",
        path=f"/desk/case/{form.name}/{row['id']}",
    )  # fmt: skip


def _with_codes(form: Form, answers: dict) -> dict:
    """``answers`` with the code of every village that was written by its name; what is not clear stays as it is, and
    the check refuses it."""
    coded = dict(answers)
    for field in form.fields:
        if field.name == "village" and isinstance(answers.get("village"), str):
            found = villages.meant(field.choices, answers["village"])
            coded["village"] = found[0].code if len(found) == 1 else answers["village"]
    return coded


def _form_page(
    request: Request, session: Session, form: Form, typed: dict, faults=(), status: int = 200, problem: str = ""
) -> Response:
    hub = hub_of(request)
    title = hub.renderer.words.say(session.language, "key_in.title", form=form.text("title", session.language))
    typed = {"reads": MOST_READ} | typed
    html = hub.renderer.form_html(_keyed(hub, form), session.language, typed, faults, f"/desk/new/{form.name}")
    return page(request, "key_in.html", session.language, status, session=session, title=title, form_html=html,
                problem=problem)  # fmt: skip


def _keyed(hub: Hub, form: Form) -> Form:
    """The form as an officer fills it in: where it comes from and what the sender reads first, a village by its name
    (240 of them in a list are slower, and 14 kB), consent as it was given elsewhere, another button."""
    said = {"village": {"control": "text"} | _both(hub, "description", "key_in.village"),
            "consent": _both(hub, "title", "key_in.consent")}  # fmt: skip
    fields = tuple(Field(each.spec | said.get(each.name, {}), each.choices) for each in form.fields)
    first = (_asked(hub, "channel", "channel", CHANNELS), _asked(hub, "reads", "language", LANGUAGES))
    return replace(form, spec=form.spec | _both(hub, "button", "key_in.button"), fields=first + fields)


def _asked(hub: Hub, name: str, column: str, codes: tuple[str, ...]) -> Field:
    """A question of the desk's own, with the choices of a column that every case has."""
    choices = tuple(each for each in common_of(hub, column).choices if each.code in codes)
    spec = {"name": name, "type": "string", "control": "radio", "constraints": {"required": True}}
    return Field(spec | _both(hub, "title", f"key_in.{name}") | _both(hub, "ask", "key_in.no_channel"), choices)


def _both(hub: Hub, name: str, key: str) -> dict:
    say = hub.renderer.words.say
    return {name: say("id", key), f"{name}@en": say("en", key)}


ROUTES = [
    Route("/desk/new/{form}", guarded(show), methods=["GET"]),
    Route("/desk/new/{form}", guarded(store), methods=["POST"]),
]
