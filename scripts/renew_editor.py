#!/usr/bin/env python3
"""Take a new version of the browser editor into vendor/: ``python3 scripts/renew_editor.py FOLDER``.

FOLDER is the unpacked package (see vendor/README.md). Every address in the script that a browser would fetch from
another host without being asked is rewritten; a version in which one of them cannot be found is refused.
"""

import hashlib
import re
import shutil
import sys
from pathlib import Path

VENDOR = Path(__file__).resolve().parent / "editor" / "vendor"
SCRIPT = "sveltia-cms.js"
FONTS = {
    "material-symbols-outlined": "latin-wght-normal.woff2",
    "source-sans-3": "latin-wght-normal.woff2",
    "noto-mono": "latin-400-normal.woff2",
}
# What is looked for, and what stands there afterwards. Each must occur exactly once.
REWRITES = [
    *(
        (rf"https://[\w./-]+/fontsource/fonts/{font}(?::vf)?@[\d.]+/{re.escape(file)}", f"fonts/{font}.woff2")
        for font, file in FONTS.items()
    ),
    # The question whether there is a newer version.
    (r"(try\{)(let e=await fetch\(\w+\);if\(!e\.ok\)return;let\{version:t\})", r"\1return;\2"),
    # The state of the git hosts.
    (r"(=async\(\)=>\{try\{)(let\{status:\{indicator:e\}\}=await)", r"\1return`none`;\2"),
    (r"(=async\(\)=>\{try\{)(let\{result:\{status_overall:)", r"\1return`none`;\2"),
    # Words for other browsers' languages; there are none in Indonesian.
    (r"`ar,bg,ca,[\w,-]+,zh-TW`\.split", "`en-US`.split"),
]
# Helpers for pictures, maps and code, which our pages do not use: they are asked for here, and are not here.
ELSEWHERE = re.compile(r"https://\w+\.com/(?=@sveltia/|@shikijs`|\$\{e\}`)")


def rewrite(script: str) -> str:
    """The script without addresses of other hosts that are fetched unasked.

    Raises ValueError, with the pattern, when a new version has changed so much that one cannot be found.
    """
    for pattern, instead in REWRITES:
        script, count = re.subn(pattern, instead, script)
        if count != 1:
            raise ValueError(f"found {count} times, not once: {pattern}")
    script, count = ELSEWHERE.subn("/edit/absent/", script)
    if count < 2:
        raise ValueError(f"found {count} times: {ELSEWHERE.pattern}")
    return re.sub(r"\n//# sourceMappingURL=.*", "", script)


def renew(package: Path) -> str:
    """Copy script, licences and fonts from the unpacked package into vendor/; gives the script's SHA-256."""
    script = rewrite((package / "dist" / SCRIPT).read_text(encoding="utf-8"))
    fonts = VENDOR / "fonts"
    fonts.mkdir(parents=True, exist_ok=True)
    for font in FONTS:
        shutil.copy(next((package / "npm" / "assets").glob(f"{font}-*.woff2")), fonts / f"{font}.woff2")
        shutil.copy(package / "npm" / "assets" / f"{font}.LICENSE.txt", fonts)
    shutil.copy(package / "LICENSE.txt", VENDOR)
    (VENDOR / SCRIPT).write_text(script, encoding="utf-8", newline="\n")
    return hashlib.sha256(script.encode()).hexdigest()


if __name__ == "__main__":
    print(renew(Path(sys.argv[1])))
