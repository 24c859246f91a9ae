"""The receipt as its owner meets it: shown once, kept in some way, and proved to be kept.

The code is in no address, and the cookie that shows it again on a bad line is gone with the first good answer.
"""

import re
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from forms_api.door.door import answers_of, cookie_name, hub_of, language_for, page
from forms_api.forms.tables import Form
from forms_api.keys import receipts
from forms_api.pages.inline import script

PATH = "/forms/receipt"
COOKIE = "receipt"
SECRET = re.compile(r"[0-9a-f]{64}")
COOKIE_SECONDS = 600  # long enough to load the page again on a bad line, short enough on a shared phone


def to_receipt(request: Request, form: Form, secret: bytes, language: str) -> Response:
    """The way from a stored form to its receipt."""
    response = RedirectResponse(f"{PATH}?lang={language}", 303)
    response.set_cookie(
        cookie_name(request, COOKIE), f"{form.name}.{secret.hex()}", max_age=COOKIE_SECONDS, path=PATH,
        httponly=True, samesite="strict", secure=hub_of(request).settings.secure_cookies,
    )  # fmt: skip
    return response


def forget(request: Request, response: Response) -> Response:
    """``response``, which makes the browser forget the receipt."""
    response.delete_cookie(
        cookie_name(request, COOKIE), path=PATH, httponly=True, samesite="strict",
        secure=hub_of(request).settings.secure_cookies,
    )  # fmt: skip
    return response


def show_receipt(request: Request) -> Response:
    """Show the code of the request that the cookie names, and ask for its last four digits back."""
    return _receipt(request, language_for(request))


def answer_receipt(request: Request) -> Response:
    """The last four digits, "I cannot keep it", or the code as a contact's file."""
    answers = answers_of(request)
    language = language_for(request, answers.get("language"))
    case, digits = _claimed(request)
    if case is None:
        return _gone(request, language)
    if answers.get("do") == "contact":
        return _contact(request, language, digits)
    typed = "".join(c for c in str(answers.get("last", "")) if c.isdecimal() and c.isascii())
    if answers.get("do") == "lose" or typed in (digits[-4:], digits):
        kept = answers.get("do") != "lose"
        return forget(request, page(request, "kept.html", language, **_known(request, case, language) | {"kept": kept}))
    return _receipt(request, language, problem="receipt.not_these" if typed else "receipt.no_digits")


def _receipt(request: Request, language: str, problem: str = "") -> Response:
    """The store knows the receipt's fingerprint before the code is shown, so that a code that was read always opens."""
    case, digits = _claimed(request)
    if case is None:
        return _gone(request, language)
    code = receipts.grouped(digits)
    say = hub_of(request).renderer.words.say
    return page(
        request, "receipt.html", language, 422 if problem else 200, code=code,
        print_script=script("print"), aloud=", ".join(" ".join(group) for group in code.split()),
        address=_address(request), problem=say(language, problem) if problem else "",
        contact=say(language, "receipt.contact_name"),
        other_url=f"{PATH}?lang={'en' if language == 'id' else 'id'}", **_known(request, case, language),
    )  # fmt: skip


def _address(request: Request) -> str:
    """Where the way back is, as one types it from paper."""
    public = urlsplit(hub_of(request).settings.public_url)
    return f"{public.netloc or request.url.netloc}{public.path}/follow-up"


def _claimed(request: Request) -> tuple[dict | None, str]:
    name, _, secret = request.cookies.get(cookie_name(request, COOKIE), "").partition(".")
    if not SECRET.fullmatch(secret):
        return None, ""
    behind = bytes.fromhex(secret)
    return hub_of(request).cases.claim(name, behind), receipts.digits_of(behind)


def _known(request: Request, case: dict, language: str) -> dict:
    hub = hub_of(request)
    return {
        "leave": True,
        "kept": True,
        "received": hub.renderer.day(case["received_on"], language),
        "answer_by": hub.renderer.day(case["answer_by"], language),
        "next": hub.forms[case["form"]].text("next", language),
        "danger": case.get("danger") == "yes",
    }


def _gone(request: Request, language: str) -> Response:
    say = hub_of(request).renderer.words.say
    return page(
        request, "page.html", language, leave=True, title=say(language, "follow_up.title"),
        lines=[say(language, "receipt.gone")], link=f"/follow-up?lang={language}",
        link_text=say(language, "follow_up.title"),
    )  # fmt: skip


def _contact(request: Request, language: str, digits: str) -> Response:
    """A vCard (RFC 2426, which old phones read too) under a shop's name. The code stands in the note and not as a
    number, and with strokes between its groups, so that no phone makes it one that can be dialled."""
    say = hub_of(request).renderer.words.say
    name = say(language, "receipt.contact_name")
    note = say(language, "receipt.contact_note", code=" / ".join(receipts.grouped(digits).split()))
    lines = ("BEGIN:VCARD", "VERSION:3.0", f"FN:{name}", f"N:{name};;;;", f"NOTE:{note}", "END:VCARD", "")
    file = name.lower().replace(" ", "-") + ".vcf"
    headers = {"Content-Disposition": f'attachment; filename="{file}"'}
    return Response("\r\n".join(lines), media_type="text/vcard", headers=headers)


ROUTES = [
    Route(PATH, show_receipt, methods=["GET"]),
    Route(PATH, answer_receipt, methods=["POST"]),
]
