"""The commands of the timers: forget what is past its time, and tell officers that something is new."""

import argparse
import sys
from contextlib import closing
from datetime import UTC, datetime
from urllib.parse import urlsplit

from forms_api.case import mail
from forms_api.case.cases import Cases
from forms_api.config import SettingError, Settings, read_settings
from forms_api.forms.tables import load_forms
from forms_api.keys.team import Team
from forms_api.pages.render import Renderer
from forms_api.store import Store, open_store
from forms_api.words import LANGUAGES, Words


def add_to(commands) -> None:
    """Put the commands into the parser's list ``commands``."""
    commands.add_parser("forget", help="delete what is past its time").set_defaults(run=_forget)
    notify = commands.add_parser("notify", help="tell officers by e-mail what is new, without a word of its content")
    notify.add_argument("--digest", action="store_true", help="tell also how many are new, due today and late")
    notify.add_argument("--again", action="store_true", help="try those once more that were given up")
    notify.set_defaults(run=_notify)


def _forget(wanted: argparse.Namespace) -> int:
    settings, now = read_settings(), datetime.now(UTC)
    with closing(open_store(settings.store_url)) as store:
        cases, _ = _opened(settings, store)
        count = cases.forget(now)
        keys = cases.forgetting.drop_keys(now.astimezone(cases.zone).date())
        cases.outbox.tidy(now)
        # every night, because what an officer deleted by hand goes out of the files only here
        left = "" if store.scrub() else "; the database's own files may still hold it (docs/maintain/forget.md)"
    print(f"{count} cases forgotten, {keys} data keys deleted{left}")
    return 0


def _notify(wanted: argparse.Namespace) -> int:
    return notify(read_settings(), datetime.now(UTC), wanted.digest, wanted.again)


def notify(settings: Settings, now: datetime, digest: bool = False, again: bool = False) -> int:
    """Send one mail about every notice that is due at ``now`` (aware). Returns the exit code, 1 when it was not taken.
    Raises SettingError, StoreUnavailable."""
    _check(settings)
    with closing(open_store(settings.store_url)) as store:
        cases, words = _opened(settings, store)
        outbox = cases.outbox
        if again:
            outbox.again(now)
        if digest:
            outbox.add("digest", now, of=f"{now.astimezone(cases.zone):%Y-%m-%d}")
        taken = outbox.take(now)
        if not taken:
            return 0
        subject, body = told([row["kind"] for row in taken], _counts(cases, now), words, settings.public_url)
        try:
            lost = mail.send(settings.smtp_url, mail.made(subject, body, settings.notice_from, settings.notice_to, now))
        except mail.NotSent as error:
            outbox.refused(taken, now)
            print(f"not sent ({error}): {len(taken)} notices wait for their next try", file=sys.stderr)
            return 1
        outbox.sent(taken, now)
    print(f"1 mail about {len(taken)} notices" + (f"; {lost} of its receivers were refused" if lost else ""))
    return 0


def told(kinds: list[str], counts: dict[str, int], words: Words, url: str) -> tuple[str, str]:
    """Subject and text of one mail in both languages. ``kinds``: those of the notices that are told together;
    ``counts``: ``new``, ``due`` and ``late`` for a digest; ``url``: the hub's public address."""
    subjects, bodies = [], []
    for language in LANGUAGES:
        lines = [words.say(language, "notice.digest", **counts)] if "digest" in kinds else []
        for kind, count in (("request", kinds.count("request") + kinds.count("urgent")),
                            ("urgent", kinds.count("urgent")), ("message", kinds.count("message"))):  # fmt: skip
            if count:
                lines.append(words.say(language, f"notice.{kind}.{'one' if count == 1 else 'many'}", count=count))
        subjects.append(", ".join(lines))
        bodies.append("\n".join([*lines, words.say(language, "notice.link", url=f"{url}/desk/")]))
    return " / ".join(subjects), "\n\n".join(bodies) + "\n"


def _opened(settings: Settings, store: Store) -> tuple[Cases, Words]:
    renderer = Renderer(settings.data_dir)
    return Cases(store, load_forms(settings.data_dir), renderer.hub["time_zone"], Team(store)), renderer.words


def _counts(cases: Cases, now: datetime) -> dict[str, int]:
    sight = cases.sight(now)
    return {"new": sight.count({"status": "new"}), "due": sight.count({"due": "yes"}),
            "late": sight.count({"late": "yes"})}  # fmt: skip


def _check(settings: Settings) -> None:
    given = {"FORMS_SMTP_URL": settings.smtp_url, "FORMS_NOTICE_TO": settings.notice_to,
             "FORMS_NOTICE_FROM": settings.notice_from, "FORMS_PUBLIC_URL": settings.public_url}  # fmt: skip
    if missing := [name for name, value in given.items() if not value]:
        raise SettingError(f"{', '.join(missing)} not set: notices need it (docs/maintain/notices.md)")
    if urlsplit(settings.smtp_url).scheme not in ("smtp", "smtps") or not urlsplit(settings.smtp_url).hostname:
        raise SettingError("FORMS_SMTP_URL is not one: write smtps://USER:PASSWORD@HOST:PORT, or smtp://…")
    if urlsplit(settings.public_url).scheme not in ("https", "http"):
        raise SettingError(f"FORMS_PUBLIC_URL is {settings.public_url!r}: write the hub's address, like https://…")
