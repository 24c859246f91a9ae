"""The scripts around the offline copy: the worker, what each page says to it, and the button that asks first."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from markupsafe import Markup

from forms_api.words import LANGUAGES, long_date, money
from scripts.site.scripts import script

FILE = "sw.js"
SAID_BY_BUTTON = ("busy", "saved", "failed", "full")
MOST = 12  # parts that an update fetches one by one; more of them cost as much as the pack
DIGITS = 6  # of a part's hash: enough to see that it changed; what comes of an update is judged by the pack's own


def is_on(hub: dict) -> bool:
    """Whether data/hub.yaml wants an offline copy; ``offline: off`` takes away what readers have."""
    return hub.get("offline", True)


def write_worker(site: Path, versions: dict[str, tuple[str, str]], urgent: list[str] | None, say: Callable) -> None:
    """Write sw.js: ``versions`` are the hashes of pack and list by language, ``urgent`` the addresses to ask of the
    network first (None for all of them), ``say`` gives a sentence.

    Browsers ask for sw.js again and again, and for all of it after every edit; so the work is in a file beside it
    whose name changes only with what it does.
    """
    said = {language: say(language, "offline.from", date="{}") for language in LANGUAGES}
    text = _filled("worker.js", SENTENCES=said, LANGUAGES=LANGUAGES, MOST=MOST, DIGITS=DIGITS)
    name = f"offline/worker.{hashlib.sha256(text.encode()).hexdigest()[:8]}.js"
    _write(site / name, text)
    values = {"V": versions, "FIRST": urgent}
    constants = ",".join(f"{key}={json.dumps(value, separators=(',', ':'))}" for key, value in values.items())
    _write(site / FILE, f'const {constants};importScripts("{name}")')


def write_end(site: Path) -> None:
    """Write a sw.js that takes away the worker that readers have, and all that it kept."""
    _write(site / FILE, script("worker-end.js"))


def write_button(site: Path, language: str, size: int, hub: dict, say: Callable[..., str]) -> None:
    """Write what a phone that saves data loads for the button in one language; ``size`` is the packed pack's bytes.

    A price is named only where ``hub`` has ``data_price`` with rupiah_per_mb, source and date: what a megabyte costs
    differs between phone companies, so we do not guess. A megabyte is 1,000,000 bytes.
    """
    price = hub.get("data_price")
    said = {"size": -(-size // 1000)}
    if price:
        cost = max(1, round(size / 1_000_000 * price["rupiah_per_mb"]))
        said |= {"price": money(cost, "IDR", language), "source": price["source"]}
        said["date"] = long_date(price["date"], language)
    words = {key: say(language, f"offline.{key}") for key in SAID_BY_BUTTON}
    label = say(language, "offline.price" if price else "offline.size", **said)
    words["save"] = say(language, "offline.save", size=label)
    _write(site / "offline" / f"save-{language}.js", _filled("save.js", WORDS=words))


def page_script(root: str) -> str:
    """What stands at the end of each page; ``root`` is the path of the site's root."""
    return Markup(_filled("offline.js", ROOT=root))  # noqa: S704 - our own file


def _filled(name: str, **values) -> str:
    """A script of theme/ with ``values`` (by the names that stand for them) as JSON."""
    text = str(script(name))  # as Markup it would escape the quotes of JSON
    for key, value in values.items():
        text = text.replace(key, json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    return text


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
