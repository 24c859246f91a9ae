"""A submission as a case: made from a form's checked answers, with a promised day and a state.

Only open columns stand in the database as they are; everything else is sealed there, and the methods that give
answers ask for an officer's Opener.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from forms_api.case import notices, states
from forms_api.case.days import answer_by
from forms_api.case.forgetting import Forgetting
from forms_api.case.messages import Messages
from forms_api.case.sight import Sight, indexes_of
from forms_api.case.states import Newer, NotAllowed
from forms_api.forms.tables import Form
from forms_api.keys import receipts, seal
from forms_api.keys.own import own_secret
from forms_api.keys.team import Opener, Team
from forms_api.keys.tokens import Tokens
from forms_api.people.events import event
from forms_api.store import Row, Store, Table, text_of

SENT = "sent"  # among what is sealed: the open columns as they were sent, which nobody changes afterwards
KINDS = {"integer": int, "boolean": bool}


class Cases:
    """All submissions of all forms, whatever table they are in."""

    def __init__(
        self, store: Store, forms: dict[str, Form], time_zone: str, team: Team, holidays: frozenset[date] = frozenset()
    ):
        self._store = store
        self._forms = forms
        self._team = team
        self._holidays = holidays
        self.zone = ZoneInfo(time_zone)
        self.messages = Messages(store, team, self.zone)
        self.forgetting = Forgetting(store, forms)
        self.tokens = Tokens()
        # argon2 takes 19 MiB each time; on the server's forty threads the allocator would keep that forty times
        self._hashers = ThreadPoolExecutor(max_workers=2)
        self.outbox = notices.Outbox(store)
        store.prepare(map(table_of, forms.values()))
        self._salt = own_secret(store, "receipt_salt", 16)

    def receive(
        self, form: Form, values: dict, language: str, secret: bytes, now: datetime, channel: str = "web"
    ) -> list[Row]:
        """What is to be written in one go for checked answers: the case's row first, then what opens it.

        ``secret`` is receipts.secret_of the sender's token and answers, ``now`` is aware, ``channel`` one of the codes
        of submission.schema.yaml. Nothing is stored yet: write the batch, then tell ``received``. Raises NotSetUp while
        the team has no key.
        """
        id = receipts.row_id(secret)
        promised = self.promised(form, now)
        sent = {"form_version": form.spec["version"], "language": language, "received_on": promised["received_on"],
                "channel": channel, **{f.name: values[f.name] for f in form.fields if f.open}}  # fmt: skip
        # once more inside what is sealed, so that whoever changes an open column in the database is found out
        known = {"received_at": text_of(now), SENT: sent} | {f.name: values[f.name] for f in form.fields if not f.open}
        answered = {name: value for name, value in known.items() if value is not None}
        sealed, data_key, keys = self._team.seal(answered, f"{form.name}/{id}", now)
        row = {
            "id": id, "form": form.name, **sent, **promised, "status": "new", "unread": True,
            "data_key": data_key, "sealed": sealed,
        }  # fmt: skip
        told = notices.new("urgent" if row.get("danger") == "yes" else "request", now, id) if channel == "web" else []
        return [(form.name, row), *keys, *told]

    def promised(self, form: Form, now: datetime) -> dict[str, str]:
        """The days of a request to ``form`` that comes at ``now``, in the hub's zone: received_on and answer_by."""
        today = self._day(now)
        by = answer_by(today, form.spec["answer_days"], self._holidays)
        return {"received_on": today.isoformat(), "answer_by": by.isoformat()}

    def received(self, batch: list[Row]) -> None:
        """Told that the writer has stored a batch of ``receive``."""
        self._team.stored(batch[0][1]["data_key"])

    def claim(self, form: str, secret: bytes) -> dict | None:
        """The stored row that belongs to ``secret``, once its receipt is known to the store; None when there is none.

        The first time this costs one argon2id and one durable write; afterwards neither.
        """
        row = self.get(form, receipts.row_id(secret))
        if row is None or row["receipt"]:
            return row
        mark, private_seed = self._derive(receipts.digits_of(secret))
        _, public = seal.pair_from(private_seed)
        known = {"receipt": mark, "receipt_key": public.hex()}
        return row | known if self._store.change(form, row["id"], known) else None

    def by_receipt(self, receipt: str) -> dict | None:
        """The row that a receipt (16 digits) opens, or None. Takes the same time either way."""
        return self.with_key(receipt)[0]

    def with_key(self, receipt: str) -> tuple[dict | None, bytes]:
        """The row that a receipt opens, or None, and the private key for the messages to its holder."""
        mark, seed = self._derive(receipt)
        found = [row for name in self._forms for row in self._store.find(name, [("receipt", "=", mark)])]
        return (found[0] if found else None), seal.pair_from(seed)[0]

    def get(self, form: str, id: str) -> dict | None:
        """The open columns of case ``id`` of the form named ``form``, or None."""
        return self._store.get(form, id) if form in self._forms else None

    def opened(self, row: dict, opener: Opener) -> dict:
        """A row with all that is known of it. ``broken`` says that it did not open, or that an open column is not what
        was sent: then the sealed part is None."""
        form = self._forms[row["form"]]
        try:
            values = opener.open(row["sealed"], row["data_key"], f"{form.name}/{row['id']}")
        except seal.Broken:
            values = None
        if values and any(row[name] != value for name, value in values.get(SENT, {}).items()):
            values = None
        return row | {f.name: (values or {}).get(f.name) for f in form.sealed} | {"broken": values is None}

    def sight(self, now: datetime, villages: frozenset[str] = frozenset()) -> Sight:
        """The cases that an officer for these villages may see (none: for all), as they stand on the day of ``now``."""
        return Sight(self._store, self._forms, self._day(now), villages)

    def find(self) -> Iterator[dict]:
        """The open columns of all cases, newest day first."""
        return self.sight(datetime.now(UTC)).find({})

    def read(self, case: dict, session, now: datetime) -> None:
        """Write that the officer of ``session`` opened ``case`` (a row)."""
        self._step(case, "read", now, session, values={"unread": False})

    def move(self, form: str, id: str, state: str, now: datetime, session=None, seen: str | None = None) -> None:
        """Put a case into another state; without a session its sender did it. Raises NotAllowed, Newer.

        ``seen`` here and below: the case's ``last_message`` as the page showed it that the step comes from. When it is
        given, nothing is done if another has been written since.
        """
        self._step({"form": form, "id": id}, "status", now, session, lambda was: states.moved(was, state), seen=seen)

    def reply(self, case: dict, text: str, session, now: datetime, seen: str | None = None) -> None:
        """An officer's message to the sender of ``case`` (a row). Raises NotAllowed, NotSetUp, Newer."""
        self._step(case, "reply", now, session, states.replied, {"unseen": True}, ("officer", text), seen=seen)

    def note(self, case: dict, text: str, session, now: datetime, seen: str | None = None) -> None:
        """A note about ``case`` (a row) that only officers read. Raises NotAllowed, NotSetUp, Newer."""
        self._step(case, "note", now, session, message=("note", text), seen=seen)

    def wrote(self, case: dict, text: str, now: datetime) -> None:
        """A message of the sender of ``case`` (a row), which opens it again and takes back the wish to have it erased.
        Raises NotAllowed, NotSetUp."""
        values = {"unread": True, "forget_wanted": None}  # None, as in a case whose sender never wished it
        self._step(case, "wrote", now, None, states.written_to, values, ("villager", text))

    def withdraw(self, case: dict, now: datetime) -> None:
        """The sender of ``case`` (a row) wants it erased: it is closed on this day. Raises NotAllowed."""
        values = {"forget_wanted": True, "closed_on": self._day(now).isoformat()}
        self._step(case, "forget_wanted", now, None, states.withdrawn, values)

    def change(
        self, case: dict, act: str, values: dict, now: datetime, session=None, detail: str = "", note: str = "",
        seen: str | None = None,
    ) -> None:  # fmt: skip
        """Set open columns of ``case`` (a row), with the event ``act`` and, if there is one, a note that says why.
        ``detail`` never holds an answer. Raises NotAllowed, NotSetUp, Newer."""
        message = ("note", note) if note else None
        self._step(case, act, now, session, values=values, message=message, detail=detail, seen=seen)

    def _step(
        self, case: dict, act: str, now: datetime, session, state=states.kept, values: dict | None = None,
        message: tuple[str, str] | None = None, detail: str = "", seen: str | None = None,
    ) -> None:  # fmt: skip
        """One step in a case's history: state, columns, message and event in one transaction, or none of them.

        ``state`` gives the next state for the one the case is in; when somebody was quicker it is asked again.
        """
        by = session.officer if session else ""
        written = self.messages.draft(self.get(case["form"], case["id"]) or case, *message, now, by) if message else []
        last = {"last_message": written[0][1]["id"]} if written else {}
        unchanged = [] if seen is None else [("last_message", "in", (seen or None,))]
        while row := self.get(case["form"], case["id"]):
            if seen is not None and seen != (row["last_message"] or ""):
                raise Newer
            was, becomes = row["status"], state(row["status"])
            told = detail or (f"{was} → {becomes}" if was != becomes else "")
            # of what its sender does only the day is kept, as of the request itself
            at = now if session else datetime.combine(self._day(now), time.min, self.zone)
            rows = [*written, event(by, act, at, told, row["form"], row["id"])]
            rows += notices.new("message", now) if act == "wrote" else []
            new = {"status": becomes, "closed_on": self._closed_on(row, becomes, now), **(values or {}), **last}
            if states.waits_again(was, becomes):  # and is promised an answer from today on
                new["answer_by"] = self.promised(self._forms[row["form"]], now)["answer_by"]
            if self._store.change(row["form"], row["id"], new, [("status", "=", was), *unchanged], rows):
                if written:
                    self.messages.stored(written)
                return
        raise NotAllowed

    def _closed_on(self, row: dict, state: str, now: datetime) -> str | None:
        if state != "closed":
            return None
        return row["closed_on"] or self._day(now).isoformat()

    def erase(self, form: str, id: str) -> bool:
        """Delete a case and its messages, as at its sender's wish (Law 27/2022 gives that right)."""
        row = self.get(form, id)
        return bool(row) and self.forgetting.erase(row)

    def forget(self, now: datetime) -> int:
        """Delete every case that is past its time (forgetting.py). Returns how many."""
        return self.forgetting.forget(self._day(now))

    def local(self, moment: str) -> datetime:
        """A stored UTC time as an aware time in the hub's zone."""
        return datetime.fromisoformat(moment).astimezone(self.zone)

    def _day(self, now: datetime) -> date:
        return now.astimezone(self.zone).date()

    def _derive(self, receipt: str) -> tuple[str, bytes]:
        return self._hashers.submit(receipts.derive, receipt, self._salt).result()


def table_of(form: Form) -> Table:
    """The database table of a form: every open column of its schema."""
    columns = [each for each in form.columns if each.open]
    return Table(
        form.name,
        {each.name: KINDS.get(each.type, str) for each in columns},
        tuple(each.name for each in columns if each.spec.get("constraints", {}).get("unique")),
        tuple(indexes_of(form)),
    )
