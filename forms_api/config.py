"""Settings, read once from the environment, refused loudly when they make no sense."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class SettingError(ValueError):
    """A setting that cannot be used; the message names it, shows it and says what is allowed."""


@dataclass(frozen=True)
class Settings:
    """Everything that differs from one installation to the next.

    ``store_url``: where submissions are kept (``sqlite:///…``). ``data_dir``: the public tables and forms.
    ``site_dir``: the built site, served too when ``serve_site`` is true (for trying and writing; in production
    the web server does it). ``secure_cookies``: false only for plain http on one's own machine. ``smtp_url``,
    ``notice_to``, ``notice_from``, ``notice_urls`` (with spaces between) and ``public_url`` (without a slash at its
    end): whom notices go to, and how.
    """

    store_url: str
    data_dir: Path = ROOT / "data"
    site_dir: Path = ROOT / "site"
    serve_site: bool = False
    secure_cookies: bool = True
    openapi: bool = False
    backup_dir: Path | None = None
    smtp_url: str = field(default="", repr=False)
    notice_to: str = ""
    notice_from: str = ""
    notice_urls: str = field(default="", repr=False)
    public_url: str = ""


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the variables that begin with ``FORMS_``. Raises SettingError."""
    secure = _yes_or_no(environ, "FORMS_SECURE_COOKIES", True)
    serve_site = _yes_or_no(environ, "FORMS_SERVE_SITE", False)
    return Settings(
        store_url=of_a_store(_secret(environ, "FORMS_DATABASE_URL") or f"sqlite:///{ROOT / '.hub' / 'forms.sqlite'}"),
        data_dir=_folder(environ, "FORMS_DATA_DIR", ROOT / "data", "hub.yaml", "forms/submission.schema.yaml"),
        site_dir=_folder(environ, "FORMS_SITE_DIR", ROOT / "site", *["index.html"] * serve_site, wanted=serve_site),
        serve_site=serve_site,
        secure_cookies=secure,
        openapi=_yes_or_no(environ, "FORMS_OPENAPI", not secure),
        backup_dir=Path(environ["FORMS_BACKUP_DIR"]) if environ.get("FORMS_BACKUP_DIR") else None,
        smtp_url=_secret(environ, "FORMS_SMTP_URL"),
        notice_to=environ.get("FORMS_NOTICE_TO", ""),
        notice_from=environ.get("FORMS_NOTICE_FROM", ""),
        notice_urls=_secret(environ, "FORMS_NOTICE_URLS"),
        public_url=environ.get("FORMS_PUBLIC_URL", "").rstrip("/"),
    )


def of_a_store(url: str) -> str:
    """``url``, when it is one of a kind of database that the hub knows. Raises SettingError, which says only how it
    begins: the rest may hold a password."""
    if not url.startswith(("sqlite:///", "postgresql://", "postgres://")):
        begins = re.match(r"[^:]*:?/*", url)[0]
        raise SettingError(
            f"FORMS_DATABASE_URL begins with {begins!r}: write sqlite:/// and the path of a file, or postgresql://"
        )
    return url


def _secret(environ: Mapping[str, str], name: str) -> str:
    """What may hold a password: the variable, or the file that ``<name>_FILE`` names, or systemd's credential of
    that name (systemd.exec(5), LoadCredential), so that it need not stand in the environment."""
    files = [environ.get(f"{name}_FILE") or ""]
    if folder := environ.get("CREDENTIALS_DIRECTORY"):
        credential = Path(folder, name.removeprefix("FORMS_").lower())
        files.append(str(credential) if credential.exists() else "")
    given = [text for text in (environ.get(name), *(_read(name, path) for path in files)) if text]
    if len(given) > 1:
        raise SettingError(f"{name} is given {len(given)} times: keep one of {name}, {name}_FILE and the credential")
    return given[0] if given else ""


def _read(name: str, path: str) -> str:
    if not path:
        return ""
    try:
        text = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise SettingError(f"{name}_FILE is {path!r}: write the path of a text file that can be read") from None
    if not text:
        raise SettingError(f"{name}_FILE is {path!r}, which is empty: write the setting into it")
    return text


def _yes_or_no(environ: Mapping[str, str], name: str, default: bool) -> bool:
    value = environ.get(name, "")
    if value not in ("", "yes", "no"):
        raise SettingError(f"{name} is {value!r}: write yes or no")
    return default if value == "" else value == "yes"


def _folder(environ: Mapping[str, str], name: str, default: Path, *files: str, wanted: bool = True) -> Path:
    folder = Path(environ.get(name) or default)
    if wanted and not folder.is_dir():
        raise SettingError(f"{name} is {str(folder)!r}: write the path of a folder that exists")
    for file in files:
        if not (folder / file).is_file():
            raise SettingError(f"{name} is {str(folder)!r}, without {file}: write the path of the right folder")
    return folder
