"""Settings come from the environment, have defaults that work, and are refused loudly."""

import pytest

from forms_api.config import SettingError, read_settings


def test_nothing_set_is_enough_to_start():
    settings = read_settings({})
    assert settings.store_url.startswith("sqlite:///")
    assert settings.secure_cookies
    assert not settings.serve_site


def test_a_yes_or_no_that_is_neither_is_refused_by_name():
    with pytest.raises(SettingError, match="FORMS_SERVE_SITE is 'maybe': write yes or no"):
        read_settings({"FORMS_SERVE_SITE": "maybe"})


def test_a_folder_that_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(SettingError, match="FORMS_DATA_DIR"):
        read_settings({"FORMS_DATA_DIR": str(tmp_path / "nowhere")})
