"""The safe headers of every answer. nginx sends the same ones with the static pages (scripts/deploy/nginx)."""

POLICY = (
    "default-src 'none'; style-src 'self'{style}; img-src 'self' data:; script-src 'self'{script}; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY.format(script="", style=""),
    # "no-referrer" would make browsers send "Origin: null" with our own forms (Fetch Standard, 3.1).
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Two years, and the names below ours: OWASP ASVS 5.0 V3.4.1. Said only where https is sure: a browser that once
# heard it never asks by plain http again.
HSTS = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}
ANSWERED_HERE = ("/forms/", "/follow-up", "/desk")


class SafeHeaders:
    """Adds the safe headers that an answer has not set itself, and forbids keeping what the API itself answers.

    "Not modified" carries none, because those of the answer before hold on (RFC 9110, 15.4.5); what is kept for ever
    under its hash is data, never a page, and needs only that nobody guesses its type.
    Plain ASGI, because a middleware that wraps the response would buffer an export.
    """

    def __init__(self, app, secure: bool):
        self.app = app
        self.headers = HEADERS | (HSTS if secure else {})

    async def __call__(self, scope, receive, send):
        async def safe(message):
            if message["type"] == "http.response.start":
                given = {name for name, _ in message["headers"]}
                kept = b"immutable" in dict(message["headers"]).get(b"cache-control", b"")
                added = () if message["status"] == 304 else ("X-Content-Type-Options",) if kept else self.headers
                extra = {name: self.headers[name] for name in added if name.lower().encode() not in given}
                if scope["path"].startswith(ANSWERED_HERE):
                    extra["Cache-Control"] = "no-store"
                message["headers"] += [(k.lower().encode(), v.encode()) for k, v in extra.items()]
            await send(message)

        await self.app(scope, receive, safe if scope["type"] == "http" else send)
