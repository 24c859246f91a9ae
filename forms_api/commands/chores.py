"""The commands of the timers: forget what is past its time, and tell officers that something is new."""

import argparse
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlsplit

from forms_api.case import mail, services
from forms_api.case.cases import Cases
from forms_api.case.notices import Outbox
from forms_api.config import SettingError, Settings, read_settings
from forms_api.forms.tables import load_forms
from forms_api.keys.team import Team
from forms_api.pages.render import Renderer
from forms_api.store import Store, open_store
from forms_api.words import LANGUAGES, Words, one_or_many


def add_to(commands) -> None:
    """Put the commands into the parser's list ``commands``."""
    commands.add_parser("forget", help="delete what is past its time").set_defaults(run=_forget)
    notify = commands.add_parser("notify", help="tell officers what is new, without a word of its content")
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
    """Tell what is due at ``now`` (aware), as one mail and one message to each other service. Returns the exit code, 1
    when one of them did not take it. Raises SettingError, StoreUnavailable."""
    check(settings)
    ways = _ways(settings, now)
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
        say = partial(told, counts=_counts(cases, now), words=words, url=settings.public_url)
        # a way that refuses holds no other up, and what one of them took it never gets again
        codes = [_tell(outbox, way, outbox.left(taken, way), send, say) for way, send in ways.items()]
        outbox.finish(taken, ways, now)
    return max(codes)


def _tell(outbox: Outbox, way: str, rows: list[dict], send: Callable, say: Callable) -> int:
    """Tell ``rows`` by one way. Returns the exit code."""
    if not rows:
        return 0
    try:
        lost = send(*say([row["kind"] for row in rows]))
    except mail.NotSent as error:
        print(f"not sent by {way} ({error}): {len(rows)} notices wait for their next try", file=sys.stderr)
        return 1
    outbox.sent(rows, way)
    print(f"sent by {way}: {len(rows)} notices" + (f"; {lost} of its receivers were refused" if lost else ""))
    return 0


def _ways(settings: Settings, now: datetime) -> dict[str, Callable[[str, str], int | None]]:
    """What takes subject and text, under the name by which the outbox knows it."""
    ways: dict[str, Callable[[str, str], int | None]] = {}
    if settings.smtp_url:
        ways["e-mail"] = lambda subject, body: mail.send(
            settings.smtp_url, mail.made(subject, body, settings.notice_from, settings.notice_to, now)
        )
    return ways | {services.name_of(url): partial(services.send, url) for url in settings.notice_urls.split()}


def told(kinds: list[str], counts: dict[str, int], words: Words, url: str) -> tuple[str, str]:
    """Subject and text of one notice in both languages. ``kinds``: those of the notices that are told together;
    ``counts``: ``new``, ``due`` and ``late`` for a digest; ``url``: the hub's public address."""
    subjects, bodies = [], []
    for language in LANGUAGES:
        lines = [words.say(language, "notice.digest", **counts)] if "digest" in kinds else []
        for kind, count in (("request", kinds.count("request") + kinds.count("urgent")),
                            ("urgent", kinds.count("urgent")), ("message", kinds.count("message"))):  # fmt: skip
            if count:
                lines.append(words.say(language, f"notice.{kind}.{one_or_many(count)}", count=count))
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


def check(settings: Settings) -> None:
    """Whether the settings of notices are there and complete. Raises SettingError."""
    by_mail = {"FORMS_SMTP_URL": settings.smtp_url, "FORMS_NOTICE_TO": settings.notice_to,
               "FORMS_NOTICE_FROM": settings.notice_from}  # fmt: skip
    needed = by_mail if any(by_mail.values()) or not settings.notice_urls else {}
    missing = [name for name, value in {**needed, "FORMS_PUBLIC_URL": settings.public_url}.items() if not value]
    if missing:
        raise SettingError(f"{', '.join(missing)} not set: notices need it (docs/maintain/notices.md)")
    mail_server = urlsplit(settings.smtp_url)
    if needed and (mail_server.scheme not in ("smtp", "smtps") or not mail_server.hostname):
        raise SettingError("FORMS_SMTP_URL is not one: write smtps://USER:PASSWORD@HOST:PORT, or smtp://…")
    if settings.notice_urls and not services.INSTALLED:
        raise SettingError("FORMS_NOTICE_URLS needs the extra notices: docs/maintain/notices.md says how to install it")
    for number, url in enumerate(settings.notice_urls.split(), 1):
        if not services.known(url):  # which one is said by its number: it holds a key
            raise SettingError(f"address {number} of FORMS_NOTICE_URLS is none that apprise knows: look it up there")
    if urlsplit(settings.public_url).scheme not in ("https", "http"):
        raise SettingError(f"FORMS_PUBLIC_URL is {settings.public_url!r}: write the hub's address, like https://…")
