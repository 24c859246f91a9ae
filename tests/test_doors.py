"""Every door of the application, found and not listed: who may come in, and with what."""

import pytest
from starlette.routing import Route

from forms_api.app import HEADERS

from . import cast


def routes(app) -> list[tuple[str, str]]:
    """Method and path of every route of ours, with real names in the blanks."""
    found = [route for route in app.router.routes if isinstance(route, Route) and route.path != "/forms/openapi.json"]
    blanks = {"{form}": "help", "{id}": "none", "{kind}": "csv"}
    doors = []
    for route in found:
        path = route.path
        for blank, value in blanks.items():
            path = path.replace(blank, value)
        doors += [(method, path) for method in sorted(route.methods - {"HEAD"})]
    return doors


def test_there_are_doors_to_try_and_not_too_many(app):
    assert 8 <= len({path for _, path in routes(app)}) <= 20


def test_no_door_takes_a_form_from_another_site(app, budi, siti):
    tried = 0
    for client in (siti, budi):
        for method, path in routes(app):
            if method == "POST":
                answer = client.post(path, data=cast.help_request(), headers={"origin": "https://evil.test"})
                assert answer.status_code in (303, 403), path
                assert answer.status_code == 403 or answer.headers["location"] == "/desk/sign-in"
                tried += 1
    assert tried >= 10
    assert list(app.state.hub.cases.find()) == []


def test_every_door_answers_with_the_safe_headers_and_no_store(app, siti, budi):
    for client in (siti, budi):
        for method, path in routes(app):
            answer = client.request(method, path)
            assert answer.status_code < 500, (method, path)
            assert answer.headers["cache-control"] == "no-store", path
            for name, value in HEADERS.items():
                assert answer.headers[name] == value, (path, name)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_no_door_knows_another_method(app, budi, method):
    for path in {path for _, path in routes(app)}:
        assert budi.request(method, path).status_code == 405, path


def test_no_door_is_widened_by_a_body_that_is_too_large(app, budi):
    for method, path in routes(app):
        if method == "POST":
            answer = budi.post(path, content=b"a=" + b"x" * 70_000,
                               headers={"content-type": "application/x-www-form-urlencoded"})  # fmt: skip
            assert answer.status_code in (404, 413), path
