"""A real SMTP server and a real web service of a test's own: each refuses as often as it is told, then takes what comes."""

import json
import os
import signal
import threading
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer

from aiosmtpd.controller import Controller

from .servers import free_port


class Mailbox:
    """``refuse``: how many mails are answered with 451 first; ``kill``: the process that dies once a mail is taken."""

    def __init__(self):
        self.mails, self.refuse, self.tried, self.kill = [], 0, 0, None
        port = free_port()
        self._server = Controller(self, hostname="127.0.0.1", port=port)
        self._server.start()
        self.url = f"smtp://127.0.0.1:{port}"

    async def handle_DATA(self, server, session, envelope):
        """Take a mail, or refuse it."""
        self.tried += 1
        if self.refuse:
            self.refuse -= 1
            return "451 4.3.0 later"
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        if self.kill:
            os.kill(self.kill(), signal.SIGKILL)
        return "250 OK"

    def stop(self) -> None:
        """End the server."""
        self._server.stop()


class Webhook:
    """Takes notices as JSON by HTTP. ``refuse``: how many are answered with 503 first."""

    def __init__(self):
        self.bodies, self.refuse, self.tried, service = [], 0, 0, self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.tried += 1
                if not service.refuse:
                    service.bodies.append(json.loads(body))
                self.send_response(503 if service.refuse else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()
                service.refuse = max(0, service.refuse - 1)

            def log_message(self, *_):
                """Say nothing."""

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        self.url = f"json://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        """End the server."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
