"""How long an import of 10,000 rows takes and how much memory: ``python -m tests.bench.bench_import``.

No test: figures depend on the machine. Meant to stay under 5 seconds and 150 MB.
"""

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.lists_files import OFFICE, ROOT, as_csv, as_html, as_ods, as_xls, as_xlsx, our_rows

ROWS = 10_000
WORDS = ["ABADI", "ADITAMA", "AGUNG", "ANUGERAH", "BAHARI", "BINTANG", "CAHAYA", "CIPTA", "DHARMA", "DUTA", "GRAHA", "INSAN", "JAYA", "KARYA", "LESTARI", "MANDIRI"]


def office_rows() -> list[list[str]]:
    """A list of the office's shape, every cell filled, beginning with our own companies."""
    dice = random.Random(1)
    names = [(row["name"], row["licence_no"]) for row in our_rows() if row["listing"] == "listed" and row["licence_no"]]
    names += [(f"PT {' '.join(dice.sample(WORDS, 3))} {n}X", f"{10**12 + n}") for n in range(ROWS - len(names))]
    return [OFFICE] + [
        [
            str(n),
            name,
            f"Jl. Contoh No. {n}, Jakarta",
            number,
            "12 Januari 2022 s.d. 11 Januari 2027",
            "",
            f"(021) 55{n:05}",
        ]
        for n, (name, number) in enumerate(names, 1)
    ]


def measured(data: Path, path: Path, *more: str) -> tuple[float, float]:
    """Seconds and megabytes of one run of the command, all of its Python included."""
    command = [sys.executable, "-c", "import resource, runpy, sys; sys.argv = ['x', *sys.argv[1:]]\n"
               "try: runpy.run_module('scripts.lists', run_name='__main__')\n"
               "except SystemExit as ended: assert ended.code == 0, ended.code\n"
               "print('PEAK', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)",
               str(path), "--data", str(data), "--reviews", str(path.parent), *more]  # fmt: skip
    start = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    scale = 1024 if sys.platform != "darwin" else 1024**2
    return time.perf_counter() - start, int(done.stdout.rpartition("PEAK ")[2]) / scale


def main() -> None:
    """Print one line a form and a state of our table."""
    rows = office_rows()
    writers = {"xlsx": as_xlsx, "xls": as_xls, "ods": as_ods, "csv": as_csv, "html": as_html}
    with TemporaryDirectory() as folder:
        for form, write in writers.items():
            data = Path(folder) / form / "data"
            shutil.copytree(ROOT / "data" / "agencies", data / "agencies")
            path = write(Path(folder) / form / f"list.{form}", rows)
            for state, more in (("almost all new", ["--write"]), ("nothing new", [])):
                seconds, megabytes = measured(data, path, *more)
                print(f"{form:5} {ROWS} rows, {state:14}: {seconds:5.2f} s, {megabytes:6.1f} MB", flush=True)


if __name__ == "__main__":
    main()
