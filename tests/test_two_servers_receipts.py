"""Two servers on one PostgreSQL, as on two machines: a request sent to one is known at the other."""

import re
from contextlib import closing
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from forms_api.store import open_store
from forms_api.store.move import move

from . import cast
from .postgres import NEEDS_POSTGRES
from .servers import free_port, start

pytestmark = NEEDS_POSTGRES


class Browser:
    """A browser behind a load balancer: its cookies go to both servers. It follows redirects."""

    def __init__(self):
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def ask(self, server: str, path: str, **fields: str) -> str:
        """The page; with ``fields`` it is a form that is sent."""
        with self._opener.open(server + path, urlencode(fields).encode() if fields else None, timeout=60) as answer:
            return answer.read().decode()


@pytest.fixture(scope="module")
def two_servers(office, postgres):
    """The addresses of two servers on one PostgreSQL where the hub is set up."""
    there = postgres.place()
    with closing(open_store(f"sqlite:///{office.database}", create=False)) as source, closing(open_store(there)) as target:
        move(source, target)
    ports = [free_port(), free_port()]
    servers = [start(there, port, FORMS_SECURE_COOKIES="no") for port in ports]
    yield [f"http://127.0.0.1:{port}" for port in ports]
    for server in servers:
        server.terminate()
        server.wait()


def code_on(page: str) -> str:
    return re.search(r"\d{4} \d{4} \d{4} \d{4}", page)[0]


def test_the_receipt_of_a_request_sent_to_one_is_shown_and_opens_at_the_other(two_servers):
    one, other = two_servers
    siti = Browser()
    code = code_on(siti.ask(one, "/forms/help", **cast.help_request()))
    assert code_on(siti.ask(other, "/forms/receipt")) == code
    assert '<ol class="dated">' in Browser().ask(other, "/follow-up", code=code)


def test_the_same_form_sent_to_both_is_one_request(two_servers):
    siti, token = Browser(), "s" * 32
    codes = {code_on(siti.ask(server, "/forms/help", **cast.help_request(token=token))) for server in two_servers}
    assert len(codes) == 1
