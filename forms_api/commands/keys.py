"""The commands about keys: setup, officer, passphrase, leave, paper. What they ask and say is in keys.toml.

With ``--stdin`` the same lines are read from standard input, in the order in which they would be asked.
"""

import argparse
from contextlib import closing
from datetime import UTC, datetime

from forms_api.case.cases import table_of
from forms_api.commands.clerk import SENTENCES, Clerk
from forms_api.config import read_settings
from forms_api.forms import villages
from forms_api.forms.tables import load_forms
from forms_api.keys import seal
from forms_api.keys.team import NoGrant, NotSetUp, SetUpAlready
from forms_api.people.accounts import ROLES, Refused, clean
from forms_api.people.events import event
from forms_api.store import Store, open_store
from forms_api.words import LANGUAGES


def add_to(commands) -> None:
    """Put the five commands under ``commands`` (argparse's subparsers)."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--language", choices=LANGUAGES, default="id")
    common.add_argument("--stdin", action="store_true", help="read what is asked from standard input, line by line")
    by = argparse.ArgumentParser(add_help=False)
    by.add_argument("--by", metavar="OFFICER", help="this colleague's passphrase instead of the paper key")
    setup = commands.add_parser("setup", parents=[common], help="make the hub's keys and its paper key, once")
    setup.add_argument("--later", action="store_true", help="the paper key is typed back with the first officer; "
                       "nothing is done when the hub is set up")  # fmt: skip
    setup.set_defaults(run=_run(_setup))
    for name, command, told in (
        ("officer", _officer, "make an officer's account"),
        ("passphrase", _passphrase, "give an officer a new passphrase"),
        ("leave", _leave, "an officer leaves: close the account and change all keys"),
    ):
        parser = commands.add_parser(name, parents=[common, by], help=told)
        parser.add_argument("name")
        parser.set_defaults(run=_run(command))
        if name == "officer":
            parser.add_argument("--role", choices=ROLES, default="officer", help="the first one is a supervisor")
            parser.add_argument("--villages", default="", help="codes of the villages seen, with spaces; else all")
    paper = commands.add_parser("paper", parents=[common], help="the paper key is lost: make a new one")
    paper.add_argument("--by", metavar="OFFICER", required=True, help="the officer whose passphrase opens the keys")
    paper.set_defaults(run=_run(_paper))


def ready(store_url: str) -> bool:
    """Whether the hub has its keys; when not, standard error says in both languages how to make them."""
    with closing(open_store(store_url)) as store:
        clerks = [Clerk(argparse.Namespace(language=language), store) for language in LANGUAGES]
        done = clerks[0].team.ready()
    for clerk in clerks:
        if not done:
            clerk.complain(NotSetUp())
    return done


def _run(command):
    def run(wanted: argparse.Namespace) -> int:
        with closing(open_store(read_settings().store_url)) as store:
            clerk = Clerk(wanted, store)
            try:
                command(clerk, datetime.now(UTC))
            except (Refused, *SENTENCES) as error:
                clerk.complain(error)
                return 1
        return 0

    return run


def _setup(clerk: Clerk, now: datetime) -> None:
    seed, later = seal.new_paper_seed(), clerk.wanted.later
    if clerk.team.ready():
        if later:
            return
        raise SetUpAlready
    if later:
        clerk.team.set_up(now, seed)
        return clerk.show_paper(seed, "keys.type_it_later")
    clerk.show_paper(seed, "keys.type_it_now")
    _typed_back(clerk, seed)
    clerk.team.set_up(now, seed)
    print(clerk.say("keys.done"))


def _officer(clerk: Clerk, now: datetime) -> None:
    name = clerk.accounts.free(clerk.wanted.name)
    codes, known = clerk.wanted.villages.split(), villages.of_forms(load_forms(read_settings().data_dir).values())
    if not set(codes) <= {each.code for each in known}:
        raise Refused("officers.bad_village")
    by = clerk.opener()
    clerk.accounts.add(
        name, clerk.new_passphrase(name), clerk.wanted.language, by, now, clerk.wanted.role, " ".join(codes)
    )
    print(clerk.say("officer.made", name=name))


def _passphrase(clerk: Clerk, now: datetime) -> None:
    name = clerk.accounts.account(clerk.wanted.name)["id"]
    by = clerk.opener()
    clerk.accounts.renew(name, clerk.new_passphrase(name), by, now)
    print(clerk.say("keys.renewed", name=name))


def _leave(clerk: Clerk, now: datetime) -> None:
    name = clerk.accounts.account(clerk.wanted.name)["id"]
    if name == clean(clerk.wanted.by or ""):
        raise Refused("keys.by_another")
    by = clerk.opener()
    damaged = clerk.accounts.leave(name, by, now)
    print(clerk.say("keys.left", name=name))
    if count := _give_back(clerk.store, name, by.holder, now):
        print(clerk.say("keys.given_back", name=name, count=count))
    _say_damaged(clerk, damaged)


def _give_back(store: Store, name: str, by: str, now: datetime) -> int:
    """Take every case from who has left, because nobody else would see to it. Gives how many."""
    forms, count = load_forms(read_settings().data_dir).values(), 0
    store.prepare(map(table_of, forms))  # a hub that has never been served has none
    for form in forms:
        theirs = [("assignee", "=", name)]
        for row in list(store.find(form.name, theirs)):
            told = event(by, "assign", now, "", form.name, row["id"])
            count += store.change(form.name, row["id"], {"assignee": None}, theirs, [told])
    return count


def _paper(clerk: Clerk, now: datetime) -> None:
    by, seed = clerk.opener(), seal.new_paper_seed()
    clerk.show_paper(seed, "keys.type_it_now")
    _typed_back(clerk, seed)
    damaged = clerk.accounts.new_paper(seed, by, now)
    print(clerk.say("keys.new_paper"))
    _say_damaged(clerk, damaged)


def _typed_back(clerk: Clerk, seed: bytes) -> None:
    def compare(text: str) -> None:
        if seal.from_paper(text) != seed:
            raise NoGrant

    clerk.until_right(compare)


def _say_damaged(clerk: Clerk, damaged: int) -> None:
    if damaged:
        print(clerk.say("keys.damaged", count=damaged))
