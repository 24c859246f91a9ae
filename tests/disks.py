"""A real small disk for the tests of faults, where this machine lets us make one (Linux, as root)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


class SmallDisk:
    """A file system of 1 MiB in memory that can be made larger and read-only."""

    def __init__(self, folder: Path):
        self.folder = folder
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], check=True, capture_output=True)

    def set(self, options: str) -> None:
        """``size=8m``, ``ro``, ``rw``. No file may be open for writing when it becomes read-only."""
        subprocess.run(["mount", "-o", f"remount,{options}", self.folder], check=True, capture_output=True)

    def remove(self) -> None:
        """Take it away, with all that is on it."""
        subprocess.run(["umount", "-l", self.folder], check=True)


@pytest.fixture
def disk(tmp_path):
    """A small disk. The test is left out, and says so, where none can be mounted."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("NOT RUN: only root on Linux may mount a small disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    try:
        small = SmallDisk(folder)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"NOT RUN: no small disk can be mounted here: {error}")
    yield small
    small.remove()
