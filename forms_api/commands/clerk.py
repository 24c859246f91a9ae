"""Asks and tells the person at the terminal; what is said is in words.toml and keys.toml."""

import argparse
import getpass
import sys
from pathlib import Path

from forms_api.keys import seal
from forms_api.keys.opener import Opener
from forms_api.keys.team import NoGrant, NotSetUp, Overtaken, SetUpAlready, Team
from forms_api.people.accounts import Refused
from forms_api.people.officers import Officers
from forms_api.store import Store
from forms_api.words import Words

PACKAGE = Path(__file__).parent.parent
SENTENCES = {NotSetUp: "keys.not_set_up", SetUpAlready: "keys.set_up_already", Overtaken: "keys.overtaken",
             NoGrant: "keys.other_paper"}  # fmt: skip


class Clerk:
    """One command's talk with a person, in their language, and the keys it is about."""

    def __init__(self, wanted: argparse.Namespace, store: Store):
        self.wanted = wanted
        self.store = store
        self.team = Team(store)
        self.accounts = Officers(store, self.team).accounts
        files = (PACKAGE / "words.toml", PACKAGE / "words" / "accounts.toml", PACKAGE / "commands" / "keys.toml")
        self._words = Words(*files)

    def say(self, key: str, **values) -> str:
        """The sentence ``key`` in the wanted language."""
        return self._words.say(self.wanted.language, key, **values)

    def line(self, key: str, hidden: bool = True, **values) -> str:
        """What is typed when ``key`` is asked. Raises Refused when nothing comes."""
        try:
            if self.wanted.stdin:
                return sys.stdin.readline().rstrip("\r\n")
            return (getpass.getpass if hidden else input)(self.say(key, **values) + " ")
        except (EOFError, KeyboardInterrupt):
            raise Refused("keys.broken_off") from None

    def new_passphrase(self, name: str) -> str:
        """A new passphrase, typed twice. Raises Refused when the two differ."""
        first = self.line("keys.new_passphrase", name=name)
        if not self.wanted.stdin and self.line("keys.again") != first:
            raise Refused("officer.differ")
        return first

    def until_right(self, read):
        """``read`` of a typed paper key; a mistyped one is asked for again. Raises Refused with ``--stdin``."""
        while True:
            try:
                return read(self.line("keys.type_paper", hidden=False))
            except (seal.NotAPaperKey, NoGrant) as error:
                self.complain(error)
                if self.wanted.stdin:
                    raise Refused("keys.nothing_done") from None

    def complain(self, error: Exception) -> None:
        """Say on standard error what was wrong and what to do."""
        if isinstance(error, Refused):
            told = self.say(error.key)
        elif isinstance(error, seal.NotAPaperKey):
            groups = ", ".join(map(str, error.groups))
            told = self.say("keys.wrong_group", groups=groups) if groups else self.say("keys.wrong_length")
        else:
            told = self.say(SENTENCES[type(error)])
        print(told, file=sys.stderr, flush=True)

    def opener(self) -> Opener:
        """The team key, by a colleague's passphrase or the paper key. Raises Refused, NotSetUp."""
        self.team.current()
        if self.wanted.by:
            return self.accounts.opener(self.wanted.by, self.line("keys.passphrase_of", name=self.wanted.by))
        return self.until_right(self.team.by_paper)

    def show_paper(self, seed: bytes, last: str) -> None:
        """Print a paper key and what to do with it."""
        groups = seal.paper(seed).split()
        lines = (" ".join(groups[:4]), " ".join(groups[4:]))
        print("", self.say("keys.paper"), "", *(f"    {line}" for line in lines), "", self.say("keys.write_it"),
              self.say("keys.used_for"), self.say("keys.keep_it"), self.say("keys.all_lost"), self.say(last), "",
              sep="\n", flush=True)  # fmt: skip
