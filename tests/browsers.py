"""A real Chromium and a real server, for the tests that walk through the hub as a person does."""

import os
import socket
import threading
import time

import uvicorn
from playwright.sync_api import Browser, Playwright

# A busy machine must not pass for a slow network: pages fetch less on one.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--force-effective-connection-type=4G"]  # fmt: skip


def open_chromium(playwright: Playwright) -> Browser:
    """The Chromium that HUB_BROWSER names, else Playwright's own."""
    return playwright.chromium.launch(executable_path=os.environ.get("HUB_BROWSER") or None, args=FLAGS)


class Running:
    """An application behind a real port of this machine (a free one when ``port`` is 0), until ``stop``."""

    def __init__(self, app, port: int = 0):
        with socket.socket() as free:
            free.bind(("127.0.0.1", port))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self._server = uvicorn.Server(
            uvicorn.Config(app, port=port, log_level="error", access_log=False, server_header=False)
        )
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive(), "the server did not start"
            time.sleep(0.02)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)
