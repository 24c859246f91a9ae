"""Copies of what the build reads, for tests that edit it and build it as an editor does."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import copy, copytree, ignore_patterns

ROOT = Path(__file__).resolve().parent.parent
KEPT = Path(".hub", "kept")
TODAY = "2026-11-23"
BUILD = """
import sys
from pathlib import Path
from scripts.build import build_site
faults = build_site(Path(sys.argv[1]), preview="preview" in sys.argv)
sys.exit(str(faults) if faults else 0)
"""


def copy_of_hub(folder: Path, kept: bool = False) -> Path:
    """What a build reads, under ``folder``; ``kept``: also what earlier builds here worked out, so that one is quick."""
    for name in ("data", "docs", "forms_api", "scripts"):
        copytree(ROOT / name, folder / name, ignore=ignore_patterns("__pycache__", "vendor"))
    for name in ("mkdocs.yml", "requirements.txt"):
        copy(ROOT / name, folder)
    if kept and (ROOT / KEPT).is_dir():
        copytree(ROOT / KEPT, folder / KEPT)
    return folder


def build(hub: Path, site: str = "site", preview: bool = False) -> Path:
    """Build a copy as it is published, or as whoever writes sees it; gives the site's folder."""
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "HUB_TODAY": TODAY}
    command = [sys.executable, "-c", BUILD, hub / site, *["preview"] * preview]
    made = subprocess.run(command, cwd=hub, capture_output=True, text=True, encoding="utf-8", env=env)
    assert made.returncode == 0, made.stdout + made.stderr
    return hub / site


def edit(hub: Path, path: str, old: str, new: str) -> None:
    """Put ``new`` in the place of the first ``old``, which must be there."""
    text = (hub / path).read_text(encoding="utf-8")
    assert old in text, path
    (hub / path).write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


def files(site: Path) -> dict[str, bytes]:
    """Every file of a site, by its path from the root."""
    return {each.relative_to(site).as_posix(): each.read_bytes() for each in site.rglob("*") if each.is_file()}
