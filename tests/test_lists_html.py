"""Tables of web pages keep their columns, whatever is merged in them."""

import pytest

from scripts.lists.findings import Findings, Unreadable
from scripts.lists.html_tables import html_sheets


def rows(html: str) -> list[list[str]]:
    (sheet,) = html_sheets("a.xls", html.encode(), Findings())
    return sheet.rows


@pytest.mark.parametrize(
    ("html", "cells"),
    [("<tr><td rowspan=3>a<td>b<td rowspan=2>c<tr><td>d<tr><td>e<td>f<tr><td>g",
      [["a", "b", "c"], ["a", "d", "c"], ["a", "e", "f"], ["g"]]),
     ("<tr><td rowspan=2 colspan=2>a<td>x<tr><td>y", [["a", "", "x"], ["a", "", "y"]]),
     ("<tr><td rowspan=2>a<td rowspan=2>b</tr><tr></tr><tr><td>c", [["a", "b"], ["a", "b"], ["c"]]),
     ("<thead><tr><th>nama</th></tr></thead><tbody><tr><td><b>PT</b> A&amp;B&nbsp;<!-- x --></td></tr></tbody>",
      [["nama"], ["PT A&B"]]),
     ("<tr><td>satu<br>dua<script>tiga</script>", [["satu\ndua"]]),
     ("<tr><td colspan=x rowspan=0>a", [["a"]])],
)  # fmt: skip
def test_cells_stand_where_a_browser_shows_them(html, cells):
    assert rows(f"<table>{html}</table>") == cells


def test_the_letters_are_those_the_page_says():
    page = (
        '<html><meta http-equiv="Content-Type" content="text/html; charset=windows-1252"><table><tr><td>caf\xe9</table>'
    )
    (sheet,) = html_sheets("a.xls", page.encode("cp1252"), Findings())
    assert sheet.rows == [["café"]]


def test_several_tables_are_several_sheets_and_a_table_inside_another_is_its_own():
    page = "<table><tr><td>menu<table><tr><td>nama</table></table><table><tr><td>lain</table>"
    assert [sheet.rows[0][0] for sheet in html_sheets("a.html", page.encode(), Findings())] == ["nama", "menu", "lain"]


def test_a_page_whose_tables_are_empty_has_none():
    with pytest.raises(Unreadable, match="no-table"):
        html_sheets("a.html", b"<table><tr><td> </table>", Findings())
