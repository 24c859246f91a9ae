#!/usr/bin/env python3
"""Put a release of the hub into service, or the one before it. Needs only Python; run it as root on the server.

python3 scripts/deploy/release.py new SOURCE   copy SOURCE (a checkout), build it, switch to it
python3 scripts/deploy/release.py back         switch back to the release before
python3 scripts/deploy/release.py list         the releases, the one in service marked

A release is a folder /srv/hub/releases/TIME with code, site and csp.conf; /srv/hub/current is a link to one of them.
What is in service changes in the moment in which the link is replaced; nothing of an old release is overwritten.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path("/srv/hub")
KEEP = 5
LONGEST = 4000  # nginx reads no word of its configuration that is longer than 4096 bytes
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".hub", "site", "__pycache__", ".*_cache", ".hypothesis")
# nginx's configuration is tried first: what it does not take must not have stopped the API
RELOAD = [["nginx", "-t", "-q"], ["systemctl", "restart", "hub-api.service"], ["systemctl", "reload", "nginx.service"]]


class NotReleased(Exception):
    """Nothing was put into service; the message says why."""


def new(source: Path, root: Path, now: datetime) -> Path:
    """Copy and build ``source`` under ``root``; gives the finished release, which is not in service yet.

    Raises NotReleased, and leaves nothing, when its check or build fails.
    """
    release = root / "releases" / now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    partial = release.with_name(release.name + ".partial")
    if release.exists() or not (source / "scripts" / "hub.py").is_file():
        raise NotReleased(f"{source} is no checkout of the hub, or {release} is there already")
    try:
        partial.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, partial, ignore=_left_out(source))
        (partial / ".venv").symlink_to(_venv(partial / "requirements.txt", root))
        if subprocess.run([sys.executable, "scripts/hub.py", "build"], cwd=partial).returncode:
            raise NotReleased(f"{source} could not be built, see above")
        (partial / "csp.conf").write_text(policy(partial / "site"), encoding="utf-8")
        partial.rename(release)
    except OSError as error:
        raise NotReleased(f"{release} was not made: {error}") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return release


def policy(site: Path) -> str:
    """The nginx map $hub_page_policy: the Content-Security-Policy that the build wrote into csp.txt, and that of a
    folder with a csp.txt of its own (the editor's). Raises NotReleased."""
    lines = [f"    default {_quoted(site / 'csp.txt')};"]
    lines += [f"    ~^/{file.parent.name}/ {_quoted(file)};" for file in sorted(site.glob("*/csp.txt"))]
    return "# Written by release.py.\nmap $uri $hub_page_policy {\n" + "\n".join(lines) + "\n}\n"


def switch(root: Path, release: Path) -> None:
    """Put ``release`` into service, in one step."""
    link = root / "current.new"
    link.unlink(missing_ok=True)
    link.symlink_to(release.relative_to(root))
    os.replace(link, root / "current")


def releases(root: Path) -> list[Path]:
    """The finished releases, oldest first."""
    return sorted(each for each in (root / "releases").glob("*Z") if each.is_dir())


def before(root: Path) -> Path:
    """The release before the one in service. Raises NotReleased when there is none."""
    older = [each for each in releases(root) if each < current(root)]
    if not older:
        raise NotReleased("there is no release before this one")
    return older[-1]


def current(root: Path) -> Path:
    """The release in service. Raises NotReleased when there is none."""
    if not (root / "current").exists():
        raise NotReleased(f"{root / 'current'} is not there: no release is in service")
    return root / os.readlink(root / "current")


def tidy(root: Path, keep: int = KEEP) -> None:
    """Delete all but the ``keep`` newest releases and the one in service, and every .venv that none of them uses."""
    for old in releases(root)[:-keep]:
        if old != current(root):
            shutil.rmtree(old)
    used = {(each / ".venv").resolve() for each in releases(root)}
    for venv in (root / "venvs").iterdir():
        if venv.resolve() not in used:
            shutil.rmtree(venv)


def main(arguments: list[str] | None = None) -> int:
    """The command. Gives 0, or 1 with a line that says why nothing changed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["new", "back", "list"])
    parser.add_argument("source", type=Path, nargs="?", default=Path(__file__).resolve().parents[2])
    parser.add_argument("--root", type=Path, default=ROOT)
    parser.add_argument("--only-switch", action="store_true", help="restart and reload nothing")
    wanted = parser.parse_args(arguments)
    root = wanted.root.resolve()
    try:
        if wanted.what != "list":
            old = current(root) if (root / "current").exists() else None
            made = new(wanted.source.resolve(), root, datetime.now(UTC)) if wanted.what == "new" else before(root)
            _put_into_service(root, made, old, wanted.only_switch)
            tidy(root)
        for each in releases(root):
            print("*" if each == current(root) else " ", each.name)
    except NotReleased as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _put_into_service(root: Path, release: Path, old: Path | None, only_switch: bool) -> None:
    switch(root, release)
    if not only_switch and not _reload():
        if old:
            switch(root, old)
            _reload()
        back = f"; {old.name} is back" if old else ""
        raise NotReleased(f"the services did not take {release.name}, see above{back}")


def _venv(lock: Path, root: Path) -> Path:
    """The one .venv of all releases with the same locked packages. hub.py puts the packages into it."""
    venv = root / "venvs" / hashlib.sha256(lock.read_bytes()).hexdigest()[:16]
    if not (venv / "bin" / "python").exists() and subprocess.run([sys.executable, "-m", "venv", venv]).returncode:
        raise NotReleased(f"{venv} could not be made, see above")
    return venv


def _reload() -> bool:
    return all(subprocess.run(command).returncode == 0 for command in RELOAD)


def _left_out(source: Path):
    """What is not copied. ``site`` only at the top: scripts/site is code."""

    def names(folder: str, inside: list[str]) -> set[str]:
        found = set(LEFT_OUT(folder, inside))
        return found if Path(folder) == source else found - {"site"}

    return names


def _quoted(file: Path) -> str:
    text = file.read_text(encoding="utf-8").strip()
    if len(text) > LONGEST or any(sign in text for sign in '"$\\\n{}'):
        raise NotReleased(f"{file}: nginx cannot take this policy ({len(text)} bytes, {LONGEST} at most)")
    return f'"{text}"'


if __name__ == "__main__":
    sys.exit(main())
