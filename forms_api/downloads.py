"""The desk's downloads: what is filtered, as XLSX, CSV or a Data Package."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from forms_api import export
from forms_api.desk import chosen_filter
from forms_api.door import hub_of, page
from forms_api.officers import Session
from forms_api.signing import guarded


def download(request: Request, session: Session) -> Response:
    """What is filtered, as XLSX, CSV or a Data Package. That it was taken is written before it is sent."""
    hub = hub_of(request)
    kind = request.path_params["kind"]
    chosen, _ = chosen_filter(request)
    told = ", ".join(f"{key}={value}" for key, value in chosen.items() if value) or "-"
    hub.officers.record(session, "export", hub.now(), chosen["form"], detail=f"{kind}: {told}")
    names = [chosen["form"]] if chosen["form"] else list(hub.forms)
    wanted = [
        export.Wanted(
            hub.forms[name], partial(hub.cases.find, **{**chosen, "form": name}),
            partial(hub.cases.opened, opener=session.opener), session.language, told,
            hub.now().astimezone(hub.cases.zone), hub.cases.local, hub.renderer.words,
        )
        for name in names
    ]  # fmt: skip
    try:
        return _file(kind, wanted, f"{'-'.join(names)}-{hub.now().astimezone(hub.cases.zone):%Y-%m-%d}")
    except export.TooManyRows:
        sentence = hub.renderer.words.say(session.language, "desk.too_many", most=export.MOST_ROWS)
        return page(request, "page.html", session.language, 422, title=sentence, link="/desk/",
                    link_text=hub.renderer.words.say(session.language, "desk.back"))  # fmt: skip


def _file(kind: str, wanted: list[export.Wanted], name: str) -> Response:
    if kind == "csv" and len(wanted) == 1:
        body, media = (line.encode() for line in export.csv_lines(wanted[0])), "text/csv; charset=utf-8"
    elif kind == "xlsx":
        body = export.xlsx(wanted)
        media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    else:
        # several forms have several sets of columns: as CSV they come together, described, in one zip
        kind, body, media = "zip", export.package(wanted), "application/zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return StreamingResponse(_chunks(body) if hasattr(body, "read") else body, headers=headers, media_type=media)


def _chunks(file):
    with file:
        while chunk := file.read(64 * 1024):
            yield chunk


ROUTES = [Route("/desk/export.{kind}", guarded(download))]
