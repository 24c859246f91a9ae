"""Two hundred ways to write real companies' names wrongly, made by seven rules from a fixed choice of names."""

from scripts.site.blocks.agencies import own_name

from .lists_files import our_rows

OLD = {"u": "oe", "j": "dj", "c": "tj", "y": "j"}  # the letters before the reforms of 1947 and 1972


def forms(name: str, at: int) -> str:
    """PT. or P.T. in front, or no legal form."""
    return ("PT. ", "P.T. ", "")[at % 3] + name


def one_letter(name: str, at: int) -> str:
    """One letter somewhere in the name is another, missing, or one too many."""
    places = [place for place, letter in enumerate(name) if letter.isalpha()]
    place = places[at * 7 % len(places)]
    other = chr((ord(name[place]) - 65 + 1) % 26 + 65)
    return name[:place] + (other, "", name[place] + other)[at % 3] + name[place + 1 :]


def spaces(name: str, at: int) -> str:
    """The first two words are written as one, or the longest word as two."""
    if at % 2:
        return name.replace(" ", "", 1)
    word = max(name.split(), key=len)
    return name.replace(word, f"{word[: len(word) // 2]} {word[len(word) // 2 :]}", 1)


def old_letters(name: str, at: int) -> str:
    """As one wrote before the reforms: Doeta for Duta, Djaja for Jaya, Tjitra for Citra."""
    return "".join(OLD.get(letter, letter) for letter in name.lower())


def no_h(name: str, at: int) -> str:
    """Every h is dropped."""
    return name.replace("H", "")


def swapped(name: str, at: int) -> str:
    """Two neighbours in the longest word change places."""
    word = max(name.split(), key=len)
    places = [place for place in range(len(word) - 1) if word[place] != word[place + 1]]
    place = places[at % len(places)]
    return name.replace(word, word[:place] + word[place + 1] + word[place] + word[place + 2 :], 1)


def capitals(name: str, at: int) -> str:
    """All small, capitals at the beginnings, or by turns."""
    by_turns = "".join(letter.lower() if place % 2 else letter for place, letter in enumerate(name))
    return (name.lower(), name.title(), by_turns)[at % 3]


RULES = [(forms, 29), (one_letter, 29), (spaces, 29), (old_letters, 29), (no_h, 28), (swapped, 28), (capitals, 28)]


def misspellings() -> list[tuple[str, str, str]]:
    """(rule, what is typed, the printed name) for 200 names spread over the whole list: those that are listed, and
    which the rule changes, at equal distances in the list's order."""
    names = list(dict.fromkeys(row["name"] for row in our_rows() if row["listing"] == "listed"))
    made = []
    for rule, count in RULES:
        fit = [name for name in names if rule(own_name({"name": name}), 0) != name]
        if rule in (old_letters, no_h):
            wanted = set("UJCY" if rule is old_letters else "H")
            fit = [name for name in fit if wanted & set(own_name({"name": name}))]
        chosen = [fit[(at * len(fit) + len(fit) // 2) // count] for at in range(count)]
        made += [(rule.__name__, rule(own_name({"name": name}), at), name) for at, name in enumerate(chosen)]
    return made
