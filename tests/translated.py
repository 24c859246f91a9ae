"""A small folder of pages in two languages, and what the command says about it."""

from pathlib import Path

from scripts.site.pages import Page
from scripts.translations import main

SAMPLES = Path(__file__).parent / "broken" / "sections"
INDONESIAN = (SAMPLES / "good.md").read_text(encoding="utf-8")
ENGLISH = (SAMPLES / "good.en.md").read_text(encoding="utf-8")


def page(text: str = INDONESIAN, name: str = "guides/costs.md") -> Page:
    """The Indonesian sample, or another text at its place."""
    return Page(name, text)


def twin(text: str = ENGLISH, name: str = "guides/costs.en.md") -> Page:
    """The English sample, or another text at its place."""
    return Page(name, text)


class Folder:
    """The sample pair on disk; every section is marked unless a test wants it bare."""

    def __init__(self, docs: Path, capsys):
        self.docs, self._capsys = docs, capsys
        self.write("guides/costs.md", INDONESIAN)
        self.write("guides/costs.en.md", ENGLISH)

    def write(self, name: str, text: str) -> None:
        file = self.docs / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def read(self, name: str = "guides/costs.en.md") -> str:
        return (self.docs / name).read_text(encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        assert old in self.read(name)
        self.write(name, self.read(name).replace(old, new))

    def ask(self, *words, expect: int = 0) -> list[str]:
        """The lines the command prints in English."""
        self._capsys.readouterr()
        assert main(["--en", *map(str, words)], self.docs) == expect
        return self._capsys.readouterr().out.splitlines()
