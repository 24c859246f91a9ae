"""Whoever writes sees a saved edit, and a faulty one is said while the site stays as it was."""

import os
import signal
import subprocess
import sys
import time

import pytest

from .test_build import change, hub  # noqa: F401 - hub is a fixture

GUIDE = "docs/guides/before/costs.md"


class Preview:
    """``python -m scripts.preview`` over a copy of the hub."""

    def __init__(self, hub):  # noqa: F811
        self.hub, self.site, self.log = hub, hub / "site", hub / "said.txt"
        env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "HUB_TODAY": "2026-11-23", "PYTHONUTF8": "1"}
        with self.log.open("w", encoding="utf-8") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "scripts.preview", "--site-dir", self.site], cwd=hub, stdout=said, stderr=said, env=env
            )

    def page(self) -> str:
        file = self.site / "guides/before/costs/index.html"
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def wait(self, until) -> None:
        """Until it is so; a minute is more than the slowest machine needs."""
        end = time.monotonic() + 60
        while not until():
            assert time.monotonic() < end, self.said()
            assert self.process.poll() is None, self.said()
            time.sleep(0.1)


def touch(preview) -> None:
    """Save without a change: what was saved before anybody looked is not seen as an edit."""
    os.utime(preview.hub / GUIDE)


@pytest.fixture
def preview(hub):  # noqa: F811
    running = Preview(hub)
    yield running
    running.process.terminate()
    running.process.wait(20)


def test_a_saved_edit_is_shown_and_a_fault_is_said_and_leaves_the_site_as_it_was(preview):
    # Saved again and again, as by somebody who writes: the first of these may be saved before anybody looks.
    edits = iter(range(100))
    preview.wait(lambda: change(preview.hub, GUIDE, "\n## ", f"\n\nKalimat {next(edits)}.\n\n## ") or "Kalimat 0." in preview.page())
    preview.wait(lambda: "sudah tampil" in preview.said())
    before = preview.page()
    change(preview.hub, GUIDE, "[[fact:", "[[fakta:")
    preview.wait(lambda: "Situs tetap seperti semula" in preview.said())
    assert GUIDE in preview.said() and "fakta" in preview.said()
    assert "Traceback" not in preview.said()
    assert "fakta:" not in preview.page() and "Kalimat 0." in before
    change(preview.hub, GUIDE, "[[fakta:", "[[fact:")


def test_a_table_that_would_still_build_is_not_shown_until_it_is_mended(preview):
    change(preview.hub, GUIDE, "\n## ", "\n\nKalimat sebelum.\n\n## ")
    numbers = "data/contacts/numbers.csv"
    preview.wait(lambda: "Kalimat sebelum." in preview.page() or touch(preview))
    preview.wait(lambda: "sudah tampil" in preview.said())  # all pages, not only that one
    shown = (preview.site / "about/contacts/index.html").read_text(encoding="utf-8")
    text = (preview.hub / numbers).read_text(encoding="utf-8")
    (preview.hub / numbers).write_text(text.rstrip("\n") + ',"\n', encoding="utf-8")  # a quote without its pair, and one cell too many
    preview.wait(lambda: "Situs tetap seperti semula" in preview.said())
    assert numbers in preview.said()
    change(preview.hub, GUIDE, "Kalimat sebelum.", "Kalimat sesudah.")
    preview.wait(lambda: preview.said().count("Situs tetap seperti semula") > 1)
    assert (preview.site / "about/contacts/index.html").read_text(encoding="utf-8") == shown
    assert "Kalimat sesudah." not in preview.page()
    (preview.hub / numbers).write_text(text, encoding="utf-8")
    preview.wait(lambda: "Kalimat sesudah." in preview.page())


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_ctrl_c_is_for_the_launcher_which_ends_it(preview):
    preview.wait(lambda: "SIGINT" not in preview.said() and (preview.hub / ".hub").exists())
    preview.process.send_signal(signal.SIGINT)
    with pytest.raises(subprocess.TimeoutExpired):
        preview.process.wait(1)
    preview.process.terminate()
    assert preview.process.wait(20) == -signal.SIGTERM
    assert "Traceback" not in preview.said()
