"""Build the site: ``python -m scripts.build [--site-dir site]``. Any warning is a failure."""

import argparse
import logging
import os
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]


class _Collect(logging.Handler):
    """Keeps what the generator says at WARNING or above."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record):
        self.said.append(record.getMessage())


def build_site(site_dir: Path, preview: bool = False) -> list[str]:
    """Build both languages into ``site_dir`` and give everything that went wrong, in order; empty when all is well.

    ``preview``: for whoever is writing; what only a published site needs (weights, packed copies) is left out.
    """
    # The theme announces its end of life at every build; docs/maintain says what we do about it.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    from scripts.site.compress import KEPT
    from scripts.site.publish import publish
    from scripts.site.results import kept_in

    collect = _Collect()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(collect)
    try:
        with TemporaryDirectory() as folder:
            made, many = Path(folder) / "site", {}
            config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(made), strict=True)
            config.extra["many"] = many
            build(config)
            with kept_in(KEPT / "preview" if preview else KEPT):
                more = _finish(made, many, preview)
            publish(made, more, site_dir)
    except MkDocsException as stopped:
        if not collect.said:
            collect.said.append(str(stopped))
    except Exception:
        # The generator names the page before it passes an error on; anything else is a fault of ours.
        if not collect.said:
            raise
    finally:
        logger.removeHandler(collect)
    return list(dict.fromkeys(collect.said))


def _finish(site: Path, many: dict[str, str], preview: bool) -> dict[str, bytes]:
    """What is made of the pages that the generator has written; each step works on what those before it left.

    Plain steps over a folder of HTML, so that another generator could stand before them. ``many`` are the pages that
    are not in the folder, by their path; gives their files.
    """
    from scripts.site.compress import compress
    from scripts.site.csp import write_policy
    from scripts.site.light import lighten
    from scripts.site.many import facts, files, finished, shown
    from scripts.site.pack import write_packs
    from scripts.site.prices import print_prices
    from scripts.site.search import write_search
    from scripts.site.sitemap import write_sitemap
    from scripts.site.stand_ins import write_stand_ins

    told = {name: facts(name, html) for name, html in many.items()}
    write_stand_ins(site, ROOT / "data")
    sheets, icon = lighten(site, ((each.kind, each.elements, each.made) for each in told.values()))
    finish = shown if preview else finished
    pages = {name: finish(html, sheets[told[name].kind], icon) for name, html in many.items()}
    write_sitemap(site, {name: each.entry for name, each in told.items()})
    write_search(site)
    if not preview:
        print_prices(site)
    write_policy(site, (page.sources for page in pages.values()))
    write_packs(site, preview)
    if not preview:
        compress(site)
    return files(pages.items())


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site-dir", type=Path, default=ROOT / "site")
    site = parser.parse_args().site_dir.resolve()
    faults = build_site(site)
    for fault in faults:
        print(fault)
    print(f"Not built: {len(faults)} to repair." if faults else f"Built in {site}.")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
