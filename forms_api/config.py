"""Settings, read once from the environment, refused loudly when they make no sense."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class SettingError(ValueError):
    """A setting that cannot be used; the message names it, shows it and says what is allowed."""


@dataclass(frozen=True)
class Settings:
    """Everything that differs from one installation to the next.

    ``store_url``: where submissions are kept (``sqlite:///…``). ``data_dir``: the public tables and forms.
    ``site_dir``: the built site, served too when ``serve_site`` is true (for trying and writing; in production
    the web server does it). ``secure_cookies``: false only for plain http on one's own machine.
    """

    store_url: str
    data_dir: Path = ROOT / "data"
    site_dir: Path = ROOT / "site"
    serve_site: bool = False
    secure_cookies: bool = True


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the variables that begin with ``FORMS_``. Raises SettingError."""
    return Settings(
        store_url=environ.get("FORMS_DATABASE_URL") or f"sqlite:///{ROOT / '.hub' / 'forms.sqlite'}",
        data_dir=_folder(environ, "FORMS_DATA_DIR", ROOT / "data"),
        site_dir=Path(environ.get("FORMS_SITE_DIR") or ROOT / "site"),
        serve_site=_yes_or_no(environ, "FORMS_SERVE_SITE", False),
        secure_cookies=_yes_or_no(environ, "FORMS_SECURE_COOKIES", True),
    )


def _yes_or_no(environ: Mapping[str, str], name: str, default: bool) -> bool:
    value = environ.get(name, "")
    if value not in ("", "yes", "no"):
        raise SettingError(f"{name} is {value!r}: write yes or no")
    return default if value == "" else value == "yes"


def _folder(environ: Mapping[str, str], name: str, default: Path) -> Path:
    folder = Path(environ.get(name) or default)
    if not folder.is_dir():
        raise SettingError(f"{name} is {str(folder)!r}: write the path of a folder that exists")
    return folder
