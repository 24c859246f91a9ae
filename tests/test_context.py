"""What a page's template is told."""

import pytest

from scripts.site.context import action, addresses, root_of, split, tasks


@pytest.mark.parametrize(("url", "root"), [("", ""), ("en/", "../"), ("guides/before/costs/", "../../../")])
def test_the_way_back_to_the_root_follows_the_depth(url, root):
    assert root_of(url) == root


def test_a_page_knows_its_twin_and_its_absolute_addresses():
    told = addresses("guides/before/costs.md", "en", "https://hub.example/")
    assert told["other_url"] == "../../../../guides/before/costs/"
    assert told["canonical"] == "https://hub.example/en/guides/before/costs/"
    assert told["alternates"][-1] == ("x-default", "https://hub.example/guides/before/costs/")


def test_the_front_page_and_the_index_of_a_folder_have_no_name_of_their_own():
    front = addresses("index.md", "id", "https://hub.example/")
    assert (front["home"], front["other_url"], front["canonical"]) == ("./", "en/", "https://hub.example/")
    assert addresses("index.md", "en", "https://hub.example/")["other_url"] == "../"
    assert addresses("agencies/index.md", "id", "https://hub.example/")["canonical"].endswith("/agencies/")


def test_a_site_below_a_folder_keeps_the_folder():
    assert addresses("index.md", "en", "https://muba.example/hub/")["canonical"] == "https://muba.example/hub/en/"


def test_a_report_names_the_page_and_its_language():
    told = addresses("about/news.md", "en", "https://hub.example/")
    assert told["mistake_url"] == "/forms/mistake?page=%2Fen%2Fabout%2Fnews%2F&lang=en"


def test_the_description_can_stand_between_title_and_text():
    assert split('<h1 id="a">Judul</h1>\n<p>Teks</p>') == ('<h1 id="a">Judul</h1>', "\n<p>Teks</p>")
    assert split("<p>Teks</p>") == ("", "<p>Teks</p>")


def test_the_button_leads_to_its_form():
    assert action({"action": "training"}, "../", "en") == {"action": "training", "action_url": "../en/forms/training/"}
    assert action({"action": "none"}, "../", "id") == action({}, "../", "id") == {}
    with pytest.raises(KeyError, match="dance"):
        action({"action": "dance"}, "../", "id")


def test_task_cards_lead_to_their_pages():
    cards = tasks({"tasks": [{"page": "forms/help.md", "title": "Tolong"}]}, "../", "en")
    assert cards == [{"page": "forms/help.md", "title": "Tolong", "url": "../en/forms/help/"}]
    assert tasks({}, "", "id") == []
