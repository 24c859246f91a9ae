"""One e-mail through an SMTP server, encrypted on its way off this machine."""

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from urllib.parse import unquote, urlsplit

SECONDS = 20
HERE = {"localhost", "127.0.0.1", "::1"}


class NotSent(Exception):
    """The server did not take the mail; the text is the kind of fault, never an address or a password."""


def made(subject: str, body: str, sender: str, to: str, now) -> EmailMessage:
    """The mail; ``to`` may be several addresses with commas between. ``now`` is aware."""
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, sender, to
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].rstrip("> ") or None)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday replies
    message.set_content(body)
    return message


def send(url: str, message: EmailMessage) -> int:
    """Hand ``message`` to the server behind ``url``: ``smtps://USER:PASSWORD@HOST:PORT``, or ``smtp://…``, where
    STARTTLS must follow unless the host is this machine. Returns how many of its receivers were refused while others
    were taken. Raises NotSent; then nobody got it, as far as the server says."""
    try:
        server = _connected(url)
    except (smtplib.SMTPException, OSError) as error:
        raise NotSent(_told(error)) from error
    try:
        return len(server.send_message(message))
    except (smtplib.SMTPException, OSError) as error:
        raise NotSent(_told(error)) from error
    finally:
        # it has the mail by now: a goodbye that fails must not send it again
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()


def _connected(url: str) -> smtplib.SMTP:
    where, safe = urlsplit(url), ssl.create_default_context()
    if where.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(where.hostname, where.port or 465, timeout=SECONDS, context=safe)
    else:
        server = smtplib.SMTP(where.hostname, where.port or 587, timeout=SECONDS)
    try:
        server.ehlo_or_helo_if_needed()
        if where.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=safe)
        elif where.scheme == "smtp" and where.hostname not in HERE:
            raise smtplib.SMTPException("no STARTTLS")
        if where.username:
            server.login(unquote(where.username), unquote(where.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _told(error: Exception) -> str:
    return f"{type(error).__name__} {getattr(error, 'smtp_code', '')}".strip()
