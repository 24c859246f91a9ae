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


def test_a_secret_may_stand_in_a_file(tmp_path):
    (tmp_path / "url").write_text("postgresql://hub:geheim@db/hub\n")
    settings = read_settings({"FORMS_DATABASE_URL_FILE": str(tmp_path / "url")})
    assert settings.store_url == "postgresql://hub:geheim@db/hub"


def test_a_credential_of_systemd_is_found_by_its_name(tmp_path):
    (tmp_path / "database_url").write_text("postgresql://hub@db/hub")
    assert read_settings({"CREDENTIALS_DIRECTORY": str(tmp_path)}).store_url == "postgresql://hub@db/hub"
    (tmp_path / "database_url").unlink()
    assert read_settings({"CREDENTIALS_DIRECTORY": str(tmp_path)}).store_url.startswith("sqlite:///")


def test_a_secret_given_twice_or_in_a_file_that_says_nothing_is_refused_without_showing_it(tmp_path):
    (tmp_path / "url").write_text("postgresql://hub:geheim@db/hub")
    given = {"FORMS_DATABASE_URL_FILE": str(tmp_path / "url"), "FORMS_DATABASE_URL": "sqlite:///geheim"}
    with pytest.raises(SettingError, match="given 2 times") as refused:
        read_settings(given)
    assert "geheim" not in str(refused.value)
    (tmp_path / "empty").write_text("\n")
    with pytest.raises(SettingError, match="which is empty"):
        read_settings({"FORMS_DATABASE_URL_FILE": str(tmp_path / "empty")})
    with pytest.raises(SettingError, match="a text file that can be read"):
        read_settings({"FORMS_DATABASE_URL_FILE": str(tmp_path / "nowhere")})


def test_the_description_for_programs_is_on_where_one_tries_and_off_in_production():
    assert not read_settings({}).openapi
    assert read_settings({"FORMS_SECURE_COOKIES": "no"}).openapi
    assert read_settings({"FORMS_OPENAPI": "yes"}).openapi
