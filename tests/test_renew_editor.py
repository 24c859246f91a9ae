"""A new version of the browser editor is taken only when every address it fetches unasked is found."""

import re
from pathlib import Path

import pytest

from scripts.renew_editor import FONTS, renew, rewrite

# What stands around the rewritten addresses in the makers' script, and nothing else.
SCRIPT = "\n".join(
    [
        *(f"url(https://cdn.example/fontsource/fonts/{font}:vf@5.3.7/{file})" for font, file in FONTS.items()),
        "a=async()=>{try{let e=await fetch(N);if(!e.ok)return;let{version:t}=await e.json()}}",
        "k=async()=>{try{let{status:{indicator:e}}=await ez(O)}}",
        "m=async()=>{try{let{result:{status_overall:{status_code:e}}}=await ez(j)}}",
        "q=`ar,bg,ca,cs,zh-TW`.split(`,`)",
        "x=`https://cdn.com/@sveltia/ui`,y=`https://cdn.com/${e}`",
        "//# sourceMappingURL=sveltia-cms.js.map",
    ]
)


def test_every_address_that_is_fetched_unasked_is_rewritten():
    made = rewrite(SCRIPT)
    assert "https://" not in made
    assert made.count("url(fonts/") == 3
    assert "try{return;let e=await fetch" in made
    assert made.count("try{return`none`;") == 2
    assert "`en-US`.split" in made
    assert "sourceMappingURL" not in made


@pytest.mark.parametrize("line", range(8))
def test_a_version_that_has_changed_is_refused(line):
    lines = SCRIPT.split("\n")
    with pytest.raises(ValueError, match="found 0 times"):
        rewrite("\n".join(lines[:line] + lines[line + 1 :]))


def test_script_licences_and_fonts_are_copied(tmp_path, monkeypatch):
    package, vendor = tmp_path / "package", tmp_path / "vendor"
    (package / "dist").mkdir(parents=True)
    (package / "npm/assets").mkdir(parents=True)
    (package / "dist/sveltia-cms.js").write_text(SCRIPT, encoding="utf-8")
    (package / "LICENSE.txt").write_text("MIT", encoding="utf-8")
    for font in FONTS:
        (package / f"npm/assets/{font}-latin-x.woff2").write_bytes(b"font")
        (package / f"npm/assets/{font}.LICENSE.txt").write_text("OFL", encoding="utf-8")
    monkeypatch.setattr("scripts.renew_editor.VENDOR", vendor)
    assert re.fullmatch(r"[0-9a-f]{64}", renew(package))
    assert sorted(path.relative_to(vendor).as_posix() for path in Path(vendor).rglob("*.*")) == sorted(
        [
            "LICENSE.txt",
            "sveltia-cms.js",
            *(f"fonts/{font}.{end}" for font in FONTS for end in ("woff2", "LICENSE.txt")),
        ]
    )
