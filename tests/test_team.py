"""The team's keys: the server closes while nobody is there, and only who holds a grant opens."""

from datetime import timedelta

import pytest

from forms_api.keys import seal
from forms_api.keys.opener import MANY
from forms_api.keys.team import PAPER, NoGrant, NotSetUp, Overtaken, SetUpAlready, Team
from forms_api.store import open_store

ANSWERS = {"name": "Siti", "phone": "+60123456789"}


@pytest.fixture
def store(tmp_path):
    return open_store(f"sqlite:///{tmp_path / 'forms.sqlite'}")


@pytest.fixture
def team(store):
    return Team(store)


@pytest.fixture
def paper(team, clock):
    return team.set_up(clock())


def sealed(store, team, clock, about="help/1") -> tuple[str, str, str]:
    """Answers closed for ``about`` and stored as the door does it: the data key beside them. Gives what opens them."""
    closed, key_id, rows = team.seal(ANSWERS, about, clock())
    if rows:
        store.write([rows])
    team.stored(key_id)
    return closed, key_id, about


def test_it_works(store, team, paper, clock):
    assert team.by_paper(paper).open(*sealed(store, team, clock)) == ANSWERS


def test_before_it_is_set_up_nothing_is_closed(team, clock):
    assert not team.ready()
    with pytest.raises(NotSetUp):
        team.seal(ANSWERS, "help/1", clock())
    team.set_up(clock())
    assert team.ready()
    assert team.seal(ANSWERS, "help/1", clock())


def test_it_is_set_up_once(team, paper, clock):
    with pytest.raises(SetUpAlready):
        team.set_up(clock())
    assert team.by_paper(paper)


def test_the_server_cannot_open_what_it_closed_an_hour_ago(store, team, paper, clock):
    """All it holds is the database, and the key of this hour."""
    _, old, _ = sealed(store, team, clock)
    clock.pass_by(hours=1)
    _, new, _ = sealed(store, team, clock)
    assert old != new
    assert team._data_key.row["id"] == new
    everything = [value for table in ("team", "grants", "data_keys") for row in store.find(table)
                  for value in row.values()]  # fmt: skip
    for key in (team._data_key.key, team.by_paper(paper).private):
        assert key.hex() not in str(everything)


def test_a_data_key_is_written_once_an_hour_with_the_first_record(store, team, paper, clock):
    _, key_id, rows = team.seal(ANSWERS, "help/1", clock())
    assert [(table, row["id"]) for table, row in rows] == [("data_keys", key_id)]
    assert team.seal(ANSWERS, "help/2", clock())[2] == rows  # not known to be stored: the first sender may have failed
    store.write([rows])
    team.stored(key_id)
    assert team.seal(ANSWERS, "help/3", clock())[2] == []
    clock.pass_by(minutes=59)
    assert team.seal(ANSWERS, "help/4", clock())[1:] == (key_id, [])
    clock.pass_by(minutes=1)
    assert team.seal(ANSWERS, "help/5", clock())[1] != key_id


@pytest.mark.parametrize("jump", [timedelta(days=400), -timedelta(days=400)])
def test_a_clock_that_jumps_only_makes_a_new_key(store, team, paper, clock, jump):
    first = sealed(store, team, clock)
    clock.time += jump
    second = sealed(store, team, clock)
    opener = team.by_paper(paper)
    assert [opener.open(*each) for each in (first, second)] == [ANSWERS] * 2


def test_a_database_that_was_opened_anew_gets_the_data_key_once_more(store, team, paper, clock):
    """It may be a backup from before the key was written."""
    first = sealed(store, team, clock)
    store.forget("data_keys", first[1])
    store.close()
    store.add("team", {"id": "000001"})  # any verb opens it again
    second = sealed(store, team, clock)
    assert first[1] == second[1]
    opener = team.by_paper(paper)
    assert [opener.open(*each) for each in (first, second)] == [ANSWERS] * 2


def test_two_servers_close_side_by_side(store, team, paper, clock):
    records = [sealed(store, each, clock, f"help/{number}") for number, each in enumerate([team, Team(store)])]
    opener = team.by_paper(paper)
    assert [opener.open(*each) for each in records] == [ANSWERS] * 2


def test_the_records_of_many_hours_open_though_one_key_is_gone(store, team, paper, clock):
    records = []
    for number in range(MANY + 20):
        records.append(sealed(store, team, clock, f"help/{number}"))
        clock.pass_by(hours=1)
    lost = records.pop(MANY + 5)
    store.forget("data_keys", lost[1])
    opener = team.by_paper(paper)
    assert [opener.open(*each) for each in records] == [ANSWERS] * (MANY + 19)
    with pytest.raises(seal.Broken):
        opener.open(*lost)


def test_a_record_in_the_place_of_another_does_not_open(store, team, paper, clock):
    closed, key_id, _ = sealed(store, team, clock, "help/1")
    with pytest.raises(seal.Broken):
        team.by_paper(paper).open(closed, key_id, "help/2")


@pytest.mark.parametrize("spoil", ["changed", "gone"])
def test_a_spoilt_data_key_is_found(store, team, paper, clock, spoil):
    record = sealed(store, team, clock)
    row = store.get("data_keys", record[1])
    if spoil == "gone":
        store.forget("data_keys", row["id"])
    else:
        store.change("data_keys", row["id"], {"sealed": row["sealed"][:-6] + "AAAAA="})
    with pytest.raises(seal.Broken):
        team.by_paper(paper).open(*record)


def test_another_paper_key_opens_nothing(team, paper):
    with pytest.raises(NoGrant):
        team.by_paper(seal.paper(seal.new_paper_seed()))


def test_another_private_key_is_no_opener(team, paper):
    with pytest.raises(NoGrant):
        team.opener(seal.new_pair()[0])


class Holder:
    """An officer as the team sees one: a name and a pair."""

    def __init__(self, name: str):
        self.name = name
        self.private, self.public = seal.new_pair()


@pytest.fixture
def budi(store, team, paper):
    return granted(store, team, paper, "budi")


@pytest.fixture
def rina(store, team, paper):
    return granted(store, team, paper, "rina")


def granted(store, team, paper, name: str) -> Holder:
    holder = Holder(name)
    store.write([[team.grant(name, holder.public, team.by_paper(paper))]])
    return holder


def test_who_is_granted_the_key_opens_with_their_own(store, team, budi, clock):
    record = sealed(store, team, clock)
    assert team.open_grant("budi", budi.private).open(*record) == ANSWERS
    with pytest.raises(NoGrant):
        team.open_grant("budi", seal.new_pair()[0])
    with pytest.raises(NoGrant):
        team.open_grant("dewi", budi.private)


def test_after_a_rotation_who_stays_opens_everything_and_who_left_nothing(store, team, paper, budi, rina, clock):
    before = sealed(store, team, clock, "help/1")
    old = team.open_grant("rina", rina.private)
    assert team.rotate(team.current(), team.open_grant("budi", budi.private), {"budi": budi.public}, clock()) == 0
    clock.pass_by(hours=1)
    after = sealed(store, team, clock, "help/2")

    for opener in (team.open_grant("budi", budi.private), team.by_paper(paper)):
        assert [opener.open(*each) for each in (before, after)] == [ANSWERS] * 2
    with pytest.raises(NoGrant):
        team.open_grant("rina", rina.private)
    with pytest.raises(NoGrant):
        team.opener(old.private)
    for record in (before, after):
        with pytest.raises(seal.Broken):
            type(old)(store, old.team, old.private, "rina").open(*record)


def test_a_rotation_leaves_the_records_as_they_are_and_seals_every_data_key_anew(store, team, budi, clock):
    for _ in range(3):
        sealed(store, team, clock)
        clock.pass_by(hours=1)
    before = {row["id"]: row["sealed"] for row in store.find("data_keys")}
    team.rotate(team.current(), team.open_grant("budi", budi.private), {"budi": budi.public}, clock())
    after = {row["id"]: (row["sealed"], row["team"]) for row in store.find("data_keys")}
    assert before.keys() == after.keys()
    assert {team for _, team in after.values()} == {"000002"}
    assert not set(before.values()) & {closed for closed, _ in after.values()}


def test_what_a_server_closes_in_the_moment_of_a_rotation_opens_too(store, team, paper, budi, clock):
    """Its data key is sealed to the key before, and reaches the store after the rotation."""
    server = Team(store)
    closed, key_id, rows = server.seal(ANSWERS, "help/1", clock())
    for _ in range(2):
        team.rotate(team.current(), team.open_grant("budi", budi.private), {"budi": budi.public}, clock())
    store.write([rows])
    server.stored(key_id)
    for opener in (team.open_grant("budi", budi.private), team.by_paper(paper)):
        assert opener.open(closed, key_id, "help/1") == ANSWERS
    team.rotate(team.current(), team.by_paper(paper), {"budi": budi.public}, clock())
    assert store.get("data_keys", key_id)["team"] == team.current()["id"]
    assert team.open_grant("budi", budi.private).open(closed, key_id, "help/1") == ANSWERS


def test_a_server_that_still_holds_the_hours_key_goes_on_after_a_rotation(store, team, paper, budi, clock):
    server = Team(store)
    sealed(store, server, clock, "help/1")
    team.rotate(team.current(), team.open_grant("budi", budi.private), {"budi": budi.public}, clock())
    assert team.by_paper(paper).open(*sealed(store, server, clock, "help/2")) == ANSWERS


def test_a_server_that_runs_takes_a_new_key_within_a_minute_of_a_rotation(store, team, paper, budi, clock):
    """Whoever left may have opened the hour's key before."""
    server = Team(store)
    _, before, _ = sealed(store, server, clock)
    team.rotate(team.current(), team.open_grant("budi", budi.private), {"budi": budi.public}, clock())
    assert sealed(store, server, clock)[1] == before
    clock.pass_by(minutes=1)
    assert sealed(store, server, clock)[1] != before


def test_of_two_rotations_at_once_one_is_told_to_try_again(store, team, paper, budi, rina, clock):
    both = {each.name: each.public for each in (budi, rina)}
    slow = team.open_grant("budi", budi.private)
    team.rotate(team.current(), team.by_paper(paper), both, clock())
    with pytest.raises(Overtaken):
        team.rotate(team.current(), slow, {"budi": budi.public}, clock())
    assert team.open_grant("rina", rina.private)


def test_a_damaged_data_key_does_not_keep_an_officer_from_leaving(store, team, paper, budi, clock):
    spoilt = sealed(store, team, clock, "help/1")
    clock.pass_by(hours=1)
    sound = sealed(store, team, clock, "help/2")
    store.change("data_keys", spoilt[1], {"sealed": "AAAA"})
    assert team.rotate(team.current(), team.by_paper(paper), {"budi": budi.public}, clock()) == 1
    opener = team.by_paper(paper)
    assert opener.open(*sound) == ANSWERS
    with pytest.raises(seal.Broken):
        opener.open(*spoilt)


def test_a_new_paper_key_takes_the_place_of_the_old(store, team, paper, budi, clock):
    record = sealed(store, team, clock)
    seed = seal.new_paper_seed()
    team.rotate(team.current(), team.open_grant("budi", budi.private), {"budi": budi.public}, clock(), seed)
    assert team.by_paper(seal.paper(seed)).open(*record) == ANSWERS
    with pytest.raises(NoGrant):
        team.by_paper(paper)


def test_no_old_grant_is_left_in_the_file_after_a_rotation(store, team, paper, budi, rina, clock, tmp_path):
    """Deleted is not enough: who left knows a passphrase, and the old grant with it would open the key before."""
    sealed(store, team, clock)
    old = [row["sealed"] for table in ("grants", "data_keys") for row in store.find(table)]
    team.rotate(team.current(), team.open_grant("budi", budi.private), {"budi": budi.public}, clock())
    store.close()
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert [row["holder"] for row in open_store(f"sqlite:///{tmp_path / 'forms.sqlite'}").find("grants")] == [
        "budi", PAPER,
    ]  # fmt: skip
    assert [each for each in old if each.encode() in content] == []
