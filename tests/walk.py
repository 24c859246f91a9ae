"""A walk past every kind of page of the hub, in every state that a person can bring it to."""

from collections.abc import Iterator

from playwright.sync_api import Page

from . import cast

# One page of each kind: two that are made alike have the same faults.
STILL = [
    "", "guides/", "guides/before/costs/", "guides/abroad/malaysia/", "guides/abroad/help/", "services/",
    "services/training/", "villages/", "villages/ulak-paceh/", "agencies/", "agencies/check/", "about/contacts/",
    "about/glossary/", "about/news/", "about/privacy/", "about/programme/", "about/sources/", "about/accessibility/",
    "search/", "forms/help/", "forms/training/", "forms/mistake/", "not-saved/", "editors/", "nothing/here/",
]  # fmt: skip
PREFIX = {"id": "", "en": "en/"}
WARNED = "bumi mas indonesia mandiri"  # an agency with a sanction: the answer with the most in it


class Walk:
    """One tab that visits everything in one language. ``hire`` makes an officer, for the desk's door."""

    def __init__(self, page: Page, address: str, language: str, hire=None, scripted: bool = True):
        self.page, self.language, self.scripted = page, language, scripted
        self.root, self.door, self._hire = f"{address}/{PREFIX[language]}", address, hire

    def all(self) -> Iterator[str]:
        """The name of each kind while it is on the screen."""
        yield from self.still()
        if self.scripted:
            yield from self.moving()
        yield from self.answers()
        yield from self.desk()

    def press(self, selector: str) -> None:
        """Tap what leads to another page and wait until that is whole, with its stylesheet."""
        with self.page.expect_navigation():
            self.page.click(selector)

    def still(self, paths: list[str] = STILL) -> Iterator[str]:
        for path in paths:
            self.page.goto(self.root + path)
            yield path or "home"

    def moving(self) -> Iterator[str]:
        """What scripts show: answers and results."""
        page = self.page
        page.goto(self.root + "agencies/")
        for name, typed in (("warned", WARNED), ("listed", "abdillah putra tamala"), ("none", "gajah terbang")):
            page.fill("#find", typed)
            page.wait_for_selector(f".reply[data-kind={name}]:not([hidden])")
            yield f"agencies: {name}"
        page.goto(self.root + "search/")
        for name, typed in (("results", "bulgaria"), ("nothing found", "xyzzyq")):
            page.fill("#q", typed)
            page.wait_for_function("q => document.querySelector('[role=status]').textContent.includes(q)", arg=typed)
            yield f"search: {name}"

    def answers(self) -> Iterator[str]:
        """What the API answers to Siti, from the form with faults to the state of her request."""
        page = self.page
        page.goto(self.root + "forms/help/")
        page.check("#f-danger")
        yield "form: in danger"
        self.press("form.form button")
        yield "form: faults"
        page.check("input[name=topic][value=other]")
        page.fill("#f-story", cast.STORY)
        page.check("#f-consent")
        self.press("form.form button")
        yield "receipt"
        code = page.inner_text(".code")
        page.fill("#f-last", code[-4:])
        self.press("form.form button")
        yield "receipt: kept"
        self.press(".dated a")
        yield "follow-up"
        for name, typed in (("wrong code", "0000 0000 0000 0000"), ("state", code)):
            page.fill("#f-code", typed)
            self.press("form.form button")
            yield f"follow-up: {name}"
        page.goto(f"{self.door}/forms/nothing")
        yield "no such form"

    def desk(self) -> Iterator[str]:
        """What Budi, who supervises, sees after Siti has sent something."""
        page, name = self.page, "budi"
        self._hire(name, self.language)
        page.goto(f"{self.door}/desk/sign-in?lang={self.language}")
        yield "sign in"
        for said, passphrase in (("wrong passphrase", "salah"), ("desk", cast.PASSPHRASE)):
            page.fill("#f-name", name)
            page.fill("#f-passphrase", passphrase)
            self.press("main button")
            yield said
        page.goto(f"{self.door}/desk/list")
        yield "list"
        self.press("tbody a")
        self._open()
        yield "case"
        yield from self.work()
        yield from self.accounts()
        yield from self.too_late()

    def work(self) -> Iterator[str]:
        """What Budi does with the case that is open, and with a paper form."""
        page = self.page
        case = page.url
        page.fill("#reply", "a" * 3001)
        self.press("button[value=reply]")
        yield "case: too long"
        page.fill("#reply", "Kami menelepon KBRI.")
        self._open()
        page.fill("#note", "Tanya kakaknya.")
        self.press("button[value=note]")
        yield "case: done, with half a reply"
        page.goto(f"{case}/history")
        yield "case: history"
        page.goto(f"{self.door}/desk/new/help")
        self.press("#form button[type=submit]")
        yield "keyed in with faults"
        page.check("#f-channel")
        page.check("#f-danger")
        page.check("input[name=topic][value=other]")
        page.fill("#f-story", cast.STORY)
        page.check("#f-consent")
        self.press("#form button[type=submit]")
        yield "strip"
        page.goto(f"{self.door}/desk/list")
        page.fill("#words", "paspor")
        self.press(".filter button.plain")
        yield "searched"

    def accounts(self) -> Iterator[str]:
        """The pages about officers, and that for a download."""
        page = self.page
        for name, path in (("export", "export"), ("account", "account"), ("officers", "officers"),
                           ("an officer", "officers?officer=budi"), ("acts", "history"), ("notices", "notices")):  # fmt: skip
            page.goto(f"{self.door}/desk/{path}")
            self._open()
            yield name
        page.goto(f"{self.door}/desk/officers")
        page.fill("#f-name", "dewi")
        self.press("main .form button[type=submit]")
        yield "invited"
        page.goto(f"{self.door}/desk/join?lang={self.language}")
        yield "join"
        self.press("main button")
        yield "join: wrong code"

    def too_late(self) -> Iterator[str]:
        """What Budi gets whose session has ended while he wrote, and signs in again."""
        page = self.page
        page.goto(f"{self.door}/desk/list")
        self.press("tbody a")
        page.fill("#reply", "Kami menelepon KBRI.")
        page.context.clear_cookies()
        self.press("button[value=reply]")
        yield "too late"
        page.fill("#f-name", "budi")
        page.fill("#f-passphrase", cast.PASSPHRASE)
        self.press("main button")
        yield "signed in again"
        self.press("main button")
        yield "case: from before"

    def _open(self) -> None:
        self.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
