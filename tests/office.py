"""An office made once for all tests, because a passphrase costs 0.2 s of argon2: a hub that is set up, its paper key,
the accounts of Budi and Rina, and Budi's session. A test gets copies of the real rows."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import connect

from starlette.testclient import TestClient

from forms_api.app import create_app
from forms_api.config import Settings
from forms_api.keys.team import Team
from forms_api.store import Row, Store, open_store

from . import cast


@dataclass(frozen=True)
class Office:
    """``database``: a file with the team set up and no officer. ``rows``: table and row of everything that Budi's and
    Rina's accounts and Budi's sign-in wrote. ``cookies``: those of Budi's browser."""

    database: Path
    paper: str
    rows: list[Row]
    cookies: object

    def hire(self, store: Store, name: str, language: str) -> None:
        """Put the account of ``name`` into another copy of the database, passphrase ``cast.PASSPHRASE``."""
        assert any(row["id"] == name for table, row in self.rows if table == "officers"), f"nobody here is called {name}"
        for table, row in self.rows:
            if table == "officers" and row["id"] == name:
                store.add(table, row | {"language": language})
            elif table == "grants" and row["holder"] == name:
                store.add(table, row)

    def sign_in(self, store: Store, client: TestClient) -> None:
        """Put Budi's session into ``store`` and his cookie into ``client``."""
        store.write([[each] for each in self.rows if each[0] in ("sessions", "events")])
        client.cookies.update(self.cookies)


def open_office(folder: Path, now) -> Office:
    """Set a hub up, make the accounts, and sign Budi in through the real door."""
    url = f"sqlite:///{folder / 'forms.sqlite'}"
    app = create_app(Settings(store_url=url, secure_cookies=False), now)
    store = open_store(url)
    paper = Team(store).set_up(now())
    with closing(connect(folder / "forms.sqlite")) as source, closing(connect(folder / "empty.sqlite")) as copy:
        source.backup(copy)
    team = Team(store)
    for name, language in (("budi", "id"), ("rina", "en")):
        app.state.hub.officers.accounts.add(name, cast.PASSPHRASE, language, team.by_paper(paper), now())
    client = TestClient(app, base_url="http://hub.test", follow_redirects=False)
    assert client.post("/desk/sign-in", data={"name": "budi", "passphrase": cast.PASSPHRASE}).status_code == 303
    rows = [(table, row) for table in ("officers", "grants", "sessions") for row in store.find(table)]
    rows += [("events", row) for row in store.find("events", [("act", "=", "sign_in")])]
    return Office(folder / "empty.sqlite", paper, rows, client.cookies)
