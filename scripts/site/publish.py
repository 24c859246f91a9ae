"""The finished files take the place of the site that is served, each at once, and only those that changed.

So a page asked for meanwhile is whole, a build that failed has touched nothing, and a build of thousands of pages
writes the few that an edit changed.
"""

import os
from pathlib import Path


def publish(made: Path, more: dict[str, bytes], site: Path) -> int:
    """Make the files under ``site`` those under ``made`` and ``more`` (by path from the root); gives how many changed.

    A packed copy gets its file's time: a server takes an older one to be of an earlier text.
    """
    there = {each.relative_to(made).as_posix(): each for each in made.rglob("*") if each.is_file()}
    count = sum(_put(site / name, there[name].read_bytes()) for name in there)
    count += sum(_put(site / name, data) for name, data in more.items())
    wanted = there.keys() | more.keys()
    for name in wanted:
        if name.endswith((".br", ".gz")):
            time = os.stat(site / name[:-3]).st_mtime_ns
            if os.stat(site / name).st_mtime_ns != time:
                os.utime(site / name, ns=(time, time))
    return count + _remove(site, wanted)


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


def _remove(site: Path, wanted) -> int:
    count, begin = 0, len(str(site)) + 1
    for folder, _, names in os.walk(site, topdown=False):
        for name in names:
            path = os.path.join(folder, name)
            if path[begin:].replace(os.sep, "/") not in wanted:
                os.unlink(path)
                count += 1
        if folder != str(site) and not os.listdir(folder):
            os.rmdir(folder)
    return count
