"""The built site as files, for ``hub.py serve`` and the tests; in production the web server does the same."""

import os
import re
from mimetypes import guess_type
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles

# Named here, because what a machine guesses for a name differs from one to the next.
TYPES = {
    ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".txt": "text/plain", ".xml": "text/xml",
    ".json": "application/json", ".webmanifest": "application/manifest+json", ".svg": "image/svg+xml",
    ".png": "image/png", ".webp": "image/webp", ".avif": "image/avif", ".wasm": "application/wasm",
}  # fmt: skip
# The best first. What lies beside a file under such a name is the same file, packed by the build.
PACKED = {"br": ".br", "gzip": ".gz"}
# A name that changes with what is in the file: pack.1f2e3d4c.json
_FOR_EVER = re.compile(r"\.[0-9a-f]{8,}\.\w+$")


class Site(StaticFiles):
    """The built site. Its pages come under the policy that the build wrote into csp.txt, which names their own inline
    scripts and style by hash; a folder with a csp.txt of its own (the editor's) comes under that one. Where there is
    none the API's holds, and neither runs."""

    def __init__(self, folder: Path):
        super().__init__(directory=folder, html=True)
        written = [*folder.glob("csp.txt"), *folder.glob("*/csp.txt")]
        self._policies = {each.parent.relative_to(folder): each for each in written}

    async def get_response(self, path, scope):
        """The file, packed when the browser reads that, or the site's own page for what is missing."""
        answer = await super().get_response(path, scope)
        top = Path(*Path(path).parts[:1])
        if answer.status_code == 404:
            answer = self._missing(top, scope) or answer
        # A policy of hashes is long; what is no page runs nothing of its own and does with that of the API.
        is_page = answer.headers.get("content-type", "").startswith("text/html")
        if policy := self._policies.get(top) or (is_page and self._policies.get(Path())):
            # read each time: an edit shown while this runs may have changed a script or style of the pages
            answer.headers["Content-Security-Policy"] = policy.read_text(encoding="utf-8").strip()
        return answer

    def file_response(self, full_path, stat_result, scope, status_code=200) -> Response:
        """A file as it goes out: the packed one where there is a fresh one, always to be asked for again, unless its
        name changes with its text. 304 when the browser has it (RFC 9110, 13.1)."""
        asked = Headers(scope=scope)
        encoding, sent = _packed(str(full_path), stat_result, asked.get("accept-encoding", ""))
        headers = {"Vary": "Accept-Encoding", "Cache-Control": _keep(str(full_path))}
        if encoding:
            headers["Content-Encoding"] = encoding
        answer = FileResponse(sent, status_code, headers, content_type(str(full_path)), stat_result=os.stat(sent))
        # Sixteen of its digits tell one text from another as well, and it is most of what "not modified" costs.
        answer.headers["ETag"] = answer.headers["ETag"][:17] + '"'
        unchanged = status_code == 200 and self.is_not_modified(answer.headers, asked)
        return NotModifiedResponse(answer.headers) if unchanged else answer

    def _missing(self, top: Path, scope) -> Response | None:
        """The page for what is missing, in the language of the folder one is in."""
        found, stat_result = self.lookup_path(str(top / "404.html"))
        found, stat_result = (found, stat_result) if found else self.lookup_path("404.html")
        return self.file_response(found, stat_result, scope, 404) if found else None


def content_type(path: str) -> str:
    """The media type of a file by its name; a packed file asked for by its own name is a row of bytes."""
    guessed, packed = guess_type(path)
    return TYPES.get(Path(path).suffix) or (not packed and guessed) or "application/octet-stream"


def accepted(header: str) -> set[str]:
    """The encodings an Accept-Encoding header names and does not refuse with q=0 (RFC 9110, 12.5.3)."""
    named = [each.replace(" ", "").lower().partition(";q=") for each in header.split(",")]
    return {name for name, _, weight in named if weight.strip("0.") or not weight}


def _packed(path: str, original: os.stat_result, header: str) -> tuple[str, str]:
    """(encoding, file to send); no encoding for the file itself."""
    wanted = accepted(header)
    for encoding, ending in PACKED.items():
        if encoding in wanted and _is_fresh(path + ending, original):
            return encoding, path + ending
    return "", path


def _is_fresh(packed: str, original: os.stat_result) -> bool:
    # One that is older was made from an earlier text.
    return os.path.isfile(packed) and os.stat(packed).st_mtime >= original.st_mtime


def _keep(path: str) -> str:
    return "public, max-age=31536000, immutable" if _FOR_EVER.search(path) else "no-cache"
