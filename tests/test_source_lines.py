"""Where a row begins in its file, and where it is edited."""

from scripts.site.source_lines import address, row_lines


def test_a_row_begins_on_the_line_an_editors_program_shows(tmp_path):
    file = tmp_path / "a.csv"
    file.write_bytes(b'id,text\na,one\nb,"two\nlines\n\nand more"\n\nc,three\n')
    lines = file.read_text(encoding="utf-8").split("\n")
    assert row_lines(file) == [2, 3, 8]
    assert [lines[line - 1][0] for line in row_lines(file)] == ["a", "b", "c"]


def test_titles_with_line_breaks_and_windows_line_ends_are_counted_too(tmp_path):
    file = tmp_path / "a.csv"
    file.write_bytes(b'\xef\xbb\xbfid,"long\r\ntitle"\r\na,one\r\n')
    assert row_lines(file) == [3]


def test_the_address_is_the_repository_the_path_and_the_line():
    assert (
        address("https://git.example/hub/edit/main/", "data/a.csv", 12)
        == "https://git.example/hub/edit/main/data/a.csv#L12"
    )
    assert address("https://git.example/hub/edit/main", "data/a.csv", 12).endswith("/main/data/a.csv#L12")


def test_without_a_repository_there_is_no_address():
    assert address("", "data/a.csv", 12) == ""
