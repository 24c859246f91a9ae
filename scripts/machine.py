"""What the tests need of the machine: a browser and nginx, found or installed where we may. Standard library only."""

import os
import shutil
import subprocess
from pathlib import Path

DEBIAN_NGINX = ["nginx-light", "libnginx-mod-http-brotli-static", "openssl"]
DEBIAN_BROWSER = ["chromium-headless-shell", "libatomic1"]  # Playwright's driver needs the second one
BROWSERS = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]


def find_browser(python: Path) -> str:
    """Set HUB_BROWSER to a Chromium for the tests, installing one when needed. Returns what is missing, or "".

    ``python`` is the interpreter that has Playwright.
    """
    if os.environ.get("HUB_BROWSER") or _playwright_has_its_own(python):
        return ""
    if not _installed_browser():
        _apt(DEBIAN_BROWSER)
    if found := _installed_browser():
        os.environ["HUB_BROWSER"] = found
        return ""
    if subprocess.call([python, "-m", "playwright", "install", "--only-shell", "chromium"]) == 0:
        return ""
    return f"no Chromium. On Debian or Ubuntu: apt install {' '.join(DEBIAN_BROWSER)}"


def find_nginx() -> str:
    """Install nginx for the tests when needed. Returns what is missing, or ""."""
    module = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")  # it brings nginx with it
    if not module.exists():
        _apt(DEBIAN_NGINX)
    return "" if module.exists() else f"no nginx with brotli. On Debian or Ubuntu: apt install {' '.join(DEBIAN_NGINX)}"


def _apt(packages: list[str]) -> None:
    """Install packages of the system, where we may."""
    if shutil.which("apt-get") and os.name == "posix" and os.geteuid() == 0:
        subprocess.call(["apt-get", "update", "-qq"])
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.call(["apt-get", "install", "-y", "-qq", *packages], env=quiet)


def _installed_browser() -> str:
    return next((path for name in BROWSERS if (path := shutil.which(name))), "")


def _playwright_has_its_own(python: Path) -> bool:
    ask = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    answer = subprocess.run([python, "-c", ask], capture_output=True, text=True)
    return answer.returncode == 0 and Path(answer.stdout.strip()).exists()
