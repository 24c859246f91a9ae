"""The real nginx with the shipped files, and the API behind it, as on the server but on ports and paths of a test."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import Request, urlopen

from scripts.deploy.release import policy

from . import cast
from .conftest import ROOT
from .servers import free_port

SHIPPED = ROOT / "scripts" / "deploy" / "nginx"
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
MAIN = """
include /etc/nginx/modules-enabled/*.conf;
{user}
worker_processes 1;
pid {place}/nginx.pid;
error_log {place}/error.log;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    client_body_temp_path {place}/body;
    proxy_temp_path {place}/proxy;
    fastcgi_temp_path {place}/unused-1;
    uwsgi_temp_path {place}/unused-2;
    scgi_temp_path {place}/unused-3;
    include {place}/nginx/hub.conf;
}}
"""


class Nginx:
    """nginx over ``site``, until ``stop``. ``listen`` is what a machine's own listen.conf says."""

    def __init__(self, place: Path, site: Path, listen: str = "listen 127.0.0.1:{port};"):
        self.place, self.port = place, free_port()
        (place / "current").mkdir()
        (place / "current" / "site").symlink_to(site)
        (place / "current" / "csp.conf").write_text(policy(site))
        (place / "nginx").mkdir()
        for file in SHIPPED.glob("*.conf"):
            (place / "nginx" / file.name).write_text(self._here(file.read_text()))
        (place / "listen.conf").write_text(listen.format(port=self.port))
        user = "user root;" if os.geteuid() == 0 else ""
        (place / "main.conf").write_text(MAIN.format(place=place, user=user))
        self._process = subprocess.Popen([NGINX, "-c", str(place / "main.conf"), "-g", "daemon off;"])
        wait_for(lambda: socket.create_connection(("127.0.0.1", self.port), 1).close())

    def _here(self, text: str) -> str:
        """The shipped file with the paths of this place, and nothing else changed."""
        for there, here in (("/srv/hub/current/scripts/deploy/nginx", "nginx"), ("/srv/hub/current", "current"),
                            ("/etc/hub/listen.conf", "listen.conf"), ("/run/hub/api.sock", "api.sock"),
                            ("/var/log/nginx/hub.log", "hub.log")):  # fmt: skip
            text = text.replace(there, str(self.place / here))
        return text

    def ask(self, method: str, path: str, body=None, **headers) -> http.client.HTTPResponse:
        """The answer, its bytes in ``answer.raw`` and its text in ``answer.text``. Header names have underscores."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        given = {"Accept": "text/html"} | {name.replace("_", "-"): value for name, value in headers.items()}
        line.request(method, path, body, given)
        answer = line.getresponse()
        answer.raw = answer.read()
        answer.text = answer.raw.decode("utf-8", "replace")
        line.close()
        return answer

    def stop(self) -> None:
        """End it."""
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(20)


class Api:
    """``python -m forms_api serve --socket``, as the unit runs it; can be killed and started again."""

    def __init__(self, settings, place: Path):
        self._socket = place / "api.sock"
        self._environment = {**os.environ, "FORMS_DATABASE_URL": settings.store_url}
        self.start()

    def start(self) -> None:
        """Run it, and wait until it answers."""
        command = [sys.executable, "-m", "forms_api", "serve", "--socket", str(self._socket)]
        self._process = subprocess.Popen(command, cwd=ROOT, env=self._environment)
        wait_for(self._knock)

    def _knock(self) -> None:
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(self._socket))

    def kill(self) -> None:
        """As when the power of the process is cut."""
        self._process.kill()
        self._process.wait()


def wait_for(knock, seconds: float = 60) -> None:
    """Call ``knock`` until it raises no OSError."""
    end = time.monotonic() + seconds
    while True:
        try:
            return knock()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)


def keep_sending(port: int, acknowledged: list[str], who: int) -> None:
    """Send requests, each another one, until the server is gone; note the receipts it gave."""
    for number in range(100_000):
        body = json.dumps(cast.help_request(story=f"Paspor saya ditahan, hari {number} di rumah {who}.")).encode()
        request = Request(f"http://127.0.0.1:{port}/forms/help", body, {"Content-Type": "application/json"})
        try:
            with urlopen(request, timeout=10) as answer:
                acknowledged.append(json.loads(answer.read())["receipt"])
        except OSError:
            return
