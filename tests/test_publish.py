"""A finished build takes the place of the site that is served."""

import pytest

from scripts.site.publish import publish


@pytest.fixture
def made(tmp_path):
    folder = tmp_path / "made"
    (folder / "guides").mkdir(parents=True)
    (folder / "index.html").write_text("beranda", encoding="utf-8")
    (folder / "guides" / "index.html").write_text("panduan", encoding="utf-8")
    (folder / "guides" / "index.html.br").write_bytes(b"packed")
    return folder


@pytest.fixture
def site(made, tmp_path):
    """A site of an earlier day."""
    publish(made, {}, tmp_path / "site")
    return tmp_path / "site"


def files(site) -> dict[str, str]:
    return {each.relative_to(site).as_posix(): each.read_text() for each in site.rglob("*") if each.is_file()}


def test_what_was_made_and_what_was_handed_over_is_there_and_nothing_else(made, tmp_path):
    (tmp_path / "site" / "gone").mkdir(parents=True)
    (tmp_path / "site" / "gone" / "index.html").write_text("lama", encoding="utf-8")
    assert publish(made, {"villages/satu/index.html": b"desa"}, tmp_path / "site") == 5
    assert files(tmp_path / "site") == {
        "index.html": "beranda", "guides/index.html": "panduan", "guides/index.html.br": "packed", "villages/satu/index.html": "desa",
    }  # fmt: skip
    assert not (tmp_path / "site" / "gone").exists()


def test_what_did_not_change_is_not_written_again(made, site):
    before = {each: each.stat().st_mtime_ns for each in site.rglob("*.html")}
    (made / "index.html").write_text("beranda baru", encoding="utf-8")
    assert publish(made, {}, site) == 1
    assert [each.parent.name for each, time in before.items() if each.stat().st_mtime_ns != time] == ["site"]
    assert files(site)["index.html"] == "beranda baru"


def test_a_packed_copy_is_as_old_as_its_file_also_when_only_one_of_them_changed(made, site):
    page, copy = site / "guides" / "index.html", site / "guides" / "index.html.br"
    assert page.stat().st_mtime_ns == copy.stat().st_mtime_ns
    (made / "guides" / "index.html").write_text("panduan baru", encoding="utf-8")
    publish(made, {}, site)
    assert page.stat().st_mtime_ns == copy.stat().st_mtime_ns


def test_what_is_open_for_reading_stays_whole(made, site):
    with (site / "index.html").open(encoding="utf-8") as reader:
        (made / "index.html").write_text("b", encoding="utf-8")
        publish(made, {}, site)
        assert reader.read() == "beranda"


def test_what_a_preview_shows_drops_packed_copies_of_an_earlier_text_and_keeps_what_only_a_whole_build_makes(made, site):
    """Of a page that went, too: a server would send the copy of what is not there."""
    publish(made, {f"gone/index.html{ending}": b"lama" for ending in ("", ".br", ".gz")}, site)
    for name in ("offline/id-pack.0a1b2c3d.txt", "edit/index.html", "guides/index.html.br", "index.html.br"):
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text("lama", encoding="utf-8")
    (made / "guides" / "index.html.br").unlink()
    (made / "index.html").write_text("beranda baru", encoding="utf-8")
    assert publish(made, {}, site, preview=True) == 2
    assert files(site) == {
        "index.html": "beranda baru", "guides/index.html": "panduan", "guides/index.html.br": "lama",
        "offline/id-pack.0a1b2c3d.txt": "lama", "edit/index.html": "lama",
    }  # fmt: skip
    assert publish(made, {}, site, preview=True) == 0
