"""The desk's downloads: what is filtered, as XLSX, CSV or a Data Package; personal columns for a reason only."""

from functools import partial
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from forms_api.desk import export
from forms_api.desk.lists import chosen_filter, in_words, sight_of
from forms_api.desk.signing import guarded, own, supervised
from forms_api.door.door import answers_of, hub_of, page
from forms_api.people.officers import Session

KINDS = ("xlsx", "excel", "csv", "zip")
ONE_FORM = ("excel", "csv")
# Codes and no free text, because the history of what officers did is not sealed.
REASONS = ("legal_aid", "handing_on", "report", "other")


def choose(request: Request, session: Session, problem: str = "") -> Response:
    """The page that offers each kind of file for the filter in its address."""
    hub = hub_of(request)
    chosen, told = chosen_filter(request, session.language)
    told = hub.renderer.words.say(session.language, problem) if problem else told
    kinds = [kind for kind in KINDS if chosen["form"] or kind not in ONE_FORM]
    return page(
        request, "export.html", session.language, 422 if problem else 200, session=session, kinds=kinds, problem=told,
        reasons=REASONS, query=urlencode({k: v for k, v in chosen.items() if v}),
        filter=in_words(hub, chosen, session.language), count=sight_of(request, session).count(chosen), other_url=None,
    )  # fmt: skip


def download(request: Request, session: Session) -> Response:
    """What is filtered, without the personal columns."""
    return _download(request, session, request.path_params["kind"], "")


def personal(request: Request, session: Session) -> Response:
    """What is filtered with the personal columns, for a reason, which is written before the file is sent."""
    answers = answers_of(request)
    own(session, answers)
    if answers.get("reason") not in REASONS or answers.get("kind") not in KINDS:
        return choose(request, session, "export.no_reason")
    return _download(request, session, answers["kind"], answers["reason"])


def _download(request: Request, session: Session, kind: str, reason: str) -> Response:
    hub, sight = hub_of(request), sight_of(request, session)
    chosen, _ = chosen_filter(request, session.language)
    told, now = _told(chosen), hub.now().astimezone(hub.cases.zone)
    kind = kind if kind in KINDS and (chosen["form"] or kind not in ONE_FORM) else "zip"
    detail = f"{kind}: {told}" + (f"; personal: {reason}" if reason else "")
    hub.officers.record(session, "export", hub.now(), chosen["form"], detail=detail)
    names = [chosen["form"]] if chosen["form"] else list(hub.forms)
    wanted = [
        export.Wanted(
            hub.forms[name], partial(sight.find, each), partial(sight.count, each),
            partial(hub.cases.opened, opener=session.opener), session.language, told, now, hub.cases.local,
            hub.renderer.words, session.officer, reason,
        )
        for name, each in ((name, {**chosen, "form": name}) for name in names)
    ]  # fmt: skip
    try:
        return _file(kind, wanted, f"{'-'.join(names)}-{now:%Y-%m-%d}")
    except export.TooManyRows:
        sentence = hub.renderer.words.say(session.language, "desk.too_many", most=export.MOST_ROWS)
        return page(request, "page.html", session.language, 422, title=sentence, link="/desk/",
                    link_text=hub.renderer.words.say(session.language, "desk.back"))  # fmt: skip


def _told(chosen: dict[str, str]) -> str:
    return ", ".join(f"{key}={value}" for key, value in chosen.items() if value) or "-"


def _file(kind: str, wanted: list[export.Wanted], name: str) -> Response:
    ending, media = kind, "text/csv; charset=utf-8"
    if kind == "csv":
        body = (line.encode() for line in export.csv_lines(wanted[0]))
    elif kind == "excel":
        # the name says that it is no copy of what was typed
        ending, body = f"{wanted[0].say('changed')}.csv", (line.encode() for line in export.excel_csv_lines(wanted[0]))
    elif kind == "xlsx":
        body = export.xlsx(wanted)
        media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    else:
        # several forms have several sets of columns: as CSV they come together, described, in one zip
        body, media = export.package(wanted), "application/zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    return StreamingResponse(_chunks(body) if hasattr(body, "read") else body, headers=headers, media_type=media)


def _chunks(file):
    with file:
        while chunk := file.read(64 * 1024):
            yield chunk


ROUTES = [
    Route("/desk/export", guarded(choose), methods=["GET"]),
    Route("/desk/export", supervised(personal), methods=["POST"]),
    Route("/desk/export.{kind}", guarded(download)),
]
