"""The states of a case, and which may follow which."""

# The order in which a case goes through them; submission.schema.yaml has their labels.
MOVES = {
    "new": ("in_progress", "answered", "closed"),
    "in_progress": ("answered", "closed"),
    "answered": ("in_progress", "closed"),
    "closed": (),  # only a message of its sender opens it again
}
WAITING = ("new", "in_progress")  # for an officer


class NotAllowed(Exception):
    """A step that the state of the case does not allow, or a case that is there no more (``state`` is empty)."""

    def __init__(self, state: str = ""):
        super().__init__(state)
        self.state = state


class Newer(Exception):
    """A step that was not taken, because something has been written about the case that its page did not show."""


def moved(state: str, wanted: str) -> str:
    """``wanted``, when it may follow ``state``. Raises NotAllowed."""
    if wanted not in MOVES[state]:
        raise NotAllowed(state)
    return wanted


def replied(state: str) -> str:
    """The state after an officer's reply. Raises NotAllowed in a closed case: nobody would be waiting for it."""
    return state if state == "answered" else moved(state, "answered")


def written_to(state: str) -> str:
    """The state after a message of the sender: what was answered or closed is taken up again."""
    return state if state in WAITING else "in_progress"


def withdrawn(state: str) -> str:
    """The state after its sender asked to be forgotten."""
    return "closed"


def waits_again(was: str, becomes: str) -> bool:
    """Whether a case that waited for nobody waits for an officer from now on."""
    return becomes in WAITING and was not in WAITING


def kept(state: str) -> str:
    """The state after a step that leaves it as it is."""
    return state
