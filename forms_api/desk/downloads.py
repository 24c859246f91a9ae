"""The desk's downloads: what is filtered, as XLSX, CSV or a Data Package; personal columns for a reason only."""

import re
from collections.abc import Iterator
from functools import partial
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from forms_api.case.sight import FILTERS
from forms_api.desk import export
from forms_api.desk.lists import chosen_filter, counted, in_words, sight_of
from forms_api.desk.signing import guarded, own, supervised
from forms_api.door.door import Hub, answers_of, hub_of, page
from forms_api.forms import files
from forms_api.people.officers import Session

KINDS = ("xlsx", "excel", "csv", "zip")
ONE_FORM = ("excel", "csv")
# Codes and no free text, because the history of what officers did is not sealed.
REASONS = ("legal_aid", "handing_on", "report", "other")
EVENT = re.compile(r"(\w+): (.*?)(?:; personal: (\w+))?")


def choose(request: Request, session: Session, problem: str = "") -> Response:
    """The page that offers each kind of file for the filter in its address."""
    hub, language = hub_of(request), session.language
    chosen, unclear = _asked(request, language)
    if unclear:
        return _nothing(request, session, unclear)
    kinds = [kind for kind in KINDS if chosen["form"] or kind not in ONE_FORM]
    return page(
        request, "export.html", language, 422 if problem else 200, session=session, kinds=kinds, reasons=REASONS,
        problem=hub.renderer.words.say(language, problem) if problem else "", query=_query(chosen),
        filter=in_words(hub, chosen, language), count=counted(hub, sight_of(request, session).count(chosen), language),
        other_url=None,
    )  # fmt: skip


def download(request: Request, session: Session) -> Response:
    """What is filtered, without the personal columns."""
    return _download(request, session, request.path_params["kind"], "")


def personal(request: Request, session: Session) -> Response:
    """What is filtered with the personal columns, for a reason, which is written before the file is sent."""
    answers = answers_of(request)
    own(session, answers)
    if answers.get("reason") not in REASONS:
        return choose(request, session, "export.no_reason")
    return _download(request, session, str(answers.get("kind")), answers["reason"])


def _download(request: Request, session: Session, kind: str, reason: str) -> Response:
    hub, say = hub_of(request), partial(hub_of(request).renderer.words.say, session.language)
    chosen, unclear = _asked(request, session.language)
    if unclear:
        return _nothing(request, session, unclear)
    if kind not in KINDS:
        return _nothing(request, session, say("export.unknown_kind"), chosen, 404)
    if kind in ONE_FORM and not chosen["form"]:
        return _nothing(request, session, say("export.one_form"), chosen)
    wanted = _wanted(request, session, kind, chosen, reason)
    if kind == "xlsx" and export.too_many(wanted):
        return _nothing(request, session, say("desk.too_many", most=export.MOST_ROWS), chosen)
    body, ending, media = _file(kind, wanted)
    # before the first byte goes out; told_of reads it
    detail = f"{kind}: {_told(chosen)}" + (f"; personal: {reason}" if reason else "")
    hub.officers.record(session, "export", hub.now(), chosen["form"], detail=detail)
    name = f"{'-'.join(each.form.name for each in wanted)}-{wanted[0].made:%Y-%m-%d}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(body, headers=headers, media_type=media)


def _asked(request: Request, language: str) -> tuple[dict[str, str], str]:
    """The filter in the address, and the sentence about what in it is not understood: then nothing may be exported,
    because it would be more than was asked for."""
    chosen, unclear = chosen_filter(request, language)
    for name in request.query_params.keys() - FILTERS:
        unclear = hub_of(request).renderer.words.say(language, "export.unknown_filter", name=name)
    return chosen, unclear


def _nothing(
    request: Request, session: Session, why: str, chosen: dict[str, str] | None = None, status: int = 422
) -> Response:
    """The page that says why nothing was exported, and leads to the downloads of ``chosen``, or to the list."""
    say = partial(hub_of(request).renderer.words.say, session.language)
    link, words = ("/desk/list", "desk.back") if chosen is None else (f"/desk/export?{_query(chosen)}", "export.back")
    return page(request, "page.html", session.language, status, title=say("export.nothing"), lines=[why], link=link,
                link_text=say(words))  # fmt: skip


def _query(chosen: dict[str, str]) -> str:
    return urlencode({name: value for name, value in chosen.items() if value})


def _wanted(
    request: Request, session: Session, kind: str, chosen: dict[str, str], reason: str
) -> list[files.Wanted]:
    """What is to be exported, form by form. A workbook tells people the filter, a package programs."""
    hub, sight = hub_of(request), sight_of(request, session)
    now = hub.now().astimezone(hub.cases.zone)
    told = in_words(hub, chosen, session.language) if kind == "xlsx" else _told(chosen)
    names = [chosen["form"]] if chosen["form"] else list(hub.forms)
    return [
        files.Wanted(
            hub.forms[name], partial(sight.find, each), partial(sight.count, each),
            partial(hub.cases.opened, opener=session.opener), session.language, told, now, hub.cases.local,
            hub.renderer.words, session.officer, reason,
        )
        for name, each in ((name, {**chosen, "form": name}) for name in names)
    ]  # fmt: skip


def _told(chosen: dict[str, str]) -> str:
    return ", ".join(f"{key}={value}" for key, value in chosen.items() if value) or "-"


def told_of(hub: Hub, detail: str, language: str) -> str:
    """What the event of a download says, in words: kind of file, filter, and for which reason personal columns."""
    found, say = EVENT.fullmatch(detail), partial(hub.renderer.words.say, language)
    kind, told, reason = found.groups() if found else ("", "", "")
    chosen = dict(pair.partition("=")[::2] for pair in told.split(", ") if told != "-")
    if kind not in KINDS or not chosen.keys() <= set(FILTERS) or reason not in (None, *REASONS):
        return detail
    parts = [say(f"export.kind.{kind}"), in_words(hub, chosen, language) if chosen else say("export.no_filter")]
    parts[1:1] = [f"{say('export.with_personal')}: {say(f'export.reason.{reason}')}"] if reason else []
    return "; ".join(parts)


def _file(kind: str, wanted: list[files.Wanted]) -> tuple[Iterator[bytes], str, str]:
    """The file in pieces, each made when it is asked for; how its name ends; its media type."""
    ending, media = kind, "text/csv; charset=utf-8"
    if kind == "csv":
        body = (line.encode() for line in files.csv_lines(wanted[0]))
    elif kind == "excel":
        # the name says that it is no copy of what was typed
        ending, body = f"{wanted[0].say('changed')}.csv", (line.encode() for line in files.excel_csv_lines(wanted[0]))
    elif kind == "xlsx":
        body = export.xlsx(wanted)
        media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    else:
        # several forms have several sets of columns: as CSV they come together, described, in one zip
        body, media = files.package(wanted), "application/zip"
    return body, ending, media


ROUTES = [
    Route("/desk/export", guarded(choose), methods=["GET"]),
    Route("/desk/export", supervised(personal), methods=["POST"]),
    Route("/desk/export.{kind}", guarded(download)),
]
