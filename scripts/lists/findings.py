"""What an import has to say: what it refuses, what a person must settle, what it only tells."""

from dataclasses import dataclass, field


class Unreadable(Exception):
    """A whole file cannot be read. ``key`` names the sentence, ``values`` fill it."""

    def __init__(self, key: str, **values):
        super().__init__(key)
        self.key, self.values = key, values


@dataclass(frozen=True)
class Finding:
    """One sentence and the place it speaks of. Places are written like ``list.xlsx › Sheet1 › D5``."""

    key: str
    place: str
    values: dict = field(default_factory=dict)
    decision: str = ""  # the name under which a person's answer is looked up in the next run


class Findings:
    """Everything said while files are read and compared, in order."""

    def __init__(self):
        self.refused: list[Finding] = []
        self.questions: list[Finding] = []
        self.remarks: list[Finding] = []

    def refuse(self, key: str, place: str, **values) -> None:
        """The cell is not understood: nothing at all may be written."""
        self.refused.append(Finding(key, place, values))

    def ask(self, key: str, place: str, decision: str = "", **values) -> None:
        """A person must settle this; what it speaks of is left as it is in our table."""
        self.questions.append(Finding(key, place, values, decision))

    def remark(self, key: str, place: str, **values) -> None:
        """Worth knowing; changes nothing."""
        self.remarks.append(Finding(key, place, values))
