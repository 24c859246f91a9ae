"""The finished files take the place of the site that is served, each at once, and only those that changed.

So a page asked for meanwhile is whole, a build that failed has touched nothing, and a build of thousands of pages
writes the few that an edit changed.
"""

import os
from pathlib import Path

ENDINGS = (".br", ".gz")
WHOLE_ONLY = ("offline", "edit")  # folders of which a preview makes little or nothing


def publish(made: Path, more: dict[str, bytes], site: Path, preview: bool = False) -> int:
    """Make the files under ``site`` those under ``made`` and ``more`` (by path from the root); gives how many changed,
    packed copies that went not counted.

    A packed copy gets its file's time: a server takes an older one to be of an earlier text. ``preview``: what only a
    whole build makes stays, but for packed copies of an earlier text.
    """
    there = {each.relative_to(made).as_posix(): each for each in made.rglob("*") if each.is_file()}
    changed = {name for name in there if _put(site / name, there[name].read_bytes())}
    changed |= {name for name, data in more.items() if _put(site / name, data)}
    wanted = there.keys() | more.keys()
    for name in wanted:
        if name.endswith(ENDINGS):
            time = os.stat(site / name[:-3]).st_mtime_ns
            if os.stat(site / name).st_mtime_ns != time:
                os.utime(site / name, ns=(time, time))
    same = wanted - changed if preview else set()
    stays = {name + ending for name in same for ending in ENDINGS}
    return len(changed) + _remove(site, wanted | stays, WHOLE_ONLY if preview else ())


def _put(file: Path, data: bytes) -> bool:
    try:
        with open(file, "rb") as old:
            if old.read() == data:
                return False
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_name(file.name + ".new")
    half.write_bytes(data)
    half.replace(file)
    return True


def _remove(site: Path, wanted: set[str], but: tuple[str, ...]) -> int:
    """Remove the files that are not wanted, but for those in some folders; gives how many, without packed copies."""
    count, begin = 0, len(str(site)) + 1
    for folder, _, names in os.walk(site, topdown=False):
        for name in names:
            path = os.path.join(folder, name)[begin:].replace(os.sep, "/")
            if path not in wanted and path.partition("/")[0] not in but:
                os.unlink(os.path.join(folder, name))
                count += not name.endswith(ENDINGS)
        if folder != str(site) and not os.listdir(folder):
            os.rmdir(folder)
    return count
