"""Packed copies beside the files: right, the same every time, made once, and none that is out of date."""

import gzip
import os
import time

import brotli
import pytest

from scripts.site import compress as module
from scripts.site.compress import KEPT_DAYS, TINY, compress, packed

TEXT = "<p>Baca dulu sebelum tanda tangan.</p>\n" * 40


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    (folder / "en").mkdir(parents=True)
    (folder / "index.html").write_text(TEXT, encoding="utf-8")
    (folder / "en" / "index.html").write_text(TEXT.replace("Baca", "Read"), encoding="utf-8")
    (folder / "og.png").write_bytes(b"\x89PNG" + bytes(5000))
    (folder / "small.txt").write_text("x" * (TINY - 1), encoding="utf-8")
    return folder


@pytest.fixture
def kept(tmp_path):
    return tmp_path / "kept"


def copies(site):
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*.*") if path.suffix in (".br", ".gz")}


def test_every_text_file_has_both_copies_and_they_unpack_to_it(site, kept):
    compress(site, kept)
    assert set(copies(site)) == {f"{name}index.html.{ending}" for name in ("", "en/") for ending in ("br", "gz")}
    assert brotli.decompress((site / "index.html.br").read_bytes()).decode() == TEXT
    assert gzip.decompress((site / "index.html.gz").read_bytes()).decode() == TEXT


def test_a_copy_is_as_old_as_its_file(site, kept):
    os.utime(site / "index.html", (1_700_000_000, 1_700_000_000))
    compress(site, kept)
    assert (site / "index.html.br").stat().st_mtime == (site / "index.html.gz").stat().st_mtime == 1_700_000_000


def test_the_same_text_gives_the_same_bytes_at_any_time_with_and_without_what_is_kept(site, kept, tmp_path):
    compress(site, kept)
    first = copies(site)
    os.utime(site / "index.html", (1_000_000_000, 1_000_000_000))
    compress(site, kept)
    assert copies(site) == first
    compress(site, tmp_path / "elsewhere")
    assert copies(site) == first


def test_only_what_changed_is_packed_again(site, kept, monkeypatch):
    compress(site, kept)
    done = []

    def counting(packer):
        def counted(data, *how, **more):
            done.append((packer.__name__, data))
            return packer.compress(data, *how, **more)

        return type("Counted", (), {"compress": counted, "__version__": brotli.__version__})

    for packer in (brotli, gzip):
        monkeypatch.setattr(module, packer.__name__, counting(packer))
    compress(site, kept)
    assert done == []
    (site / "index.html").write_text(TEXT + "<p>Baru</p>", encoding="utf-8")
    compress(site, kept)
    assert done == [("brotli", (TEXT + "<p>Baru</p>").encode()), ("gzip", (TEXT + "<p>Baru</p>").encode())]


def test_copies_of_what_is_gone_or_too_small_now_go(site, kept):
    compress(site, kept)
    (site / "en" / "index.html").unlink()
    (site / "index.html").write_text("short", encoding="utf-8")
    compress(site, kept)
    assert copies(site) == {}


def test_what_no_build_has_asked_for_in_a_month_is_forgotten(site, kept):
    compress(site, kept)
    long_ago = time.time() - (KEPT_DAYS + 1) * 24 * 3600
    for file in kept.iterdir():
        os.utime(file, (long_ago, long_ago))
    assert len(list(kept.iterdir())) == 4
    (site / "en" / "index.html").unlink()
    compress(site, kept)
    assert sorted(file.suffix for file in kept.iterdir()) == [".br", ".gz"]


def test_nothing_half_written_is_left(site, kept):
    compress(site, kept)
    assert {path.suffix for path in kept.iterdir()} == {".br", ".gz"}


def test_a_text_larger_than_the_smallest_window_is_whole(kept):
    data = os.urandom(200_000).hex().encode()
    assert brotli.decompress(packed(data, kept)) == data


def test_the_real_site_is_packed_as_small_as_brotli_gets_it(built_site):
    for name in ("index.html", "en/agencies/index.html", "assets/hub.css"):
        data = (built_site / name).read_bytes()
        best = min(len(brotli.compress(data, quality=11, lgwin=window)) for window in (18, 22, 24))
        assert (built_site / f"{name}.br").stat().st_size <= best + 2
        assert (built_site / f"{name}.gz").read_bytes()[4:8] == b"\0\0\0\0", "a time in it makes every build different"


def test_what_is_kept_is_not_for_git():
    lines = (module.ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert module.KEPT.relative_to(module.ROOT).as_posix().startswith(".hub/")
    assert "/.hub/" in lines
