"""A real SMTP server of a test's own: it refuses as often as it is told, then takes what comes."""

import os
import signal
from email import message_from_bytes, policy

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
