"""Formula cells of old .xls workbooks, which no maintained library tells.

[MS-CFB] for the container (2.2 header, 2.3 FAT, 2.6 directory), [MS-XLS] 2.4.28 BoundSheet8, 2.4.24 BoolErr
and 2.4.127 Formula. A cell with an error such as #N/A counts as a formula: the tables' library gives it as empty.
"""

import struct
from collections.abc import Iterator

BOF, END, BOUND_SHEET, BOOL_OR_ERROR, FORMULAS = 0x0809, 0x000A, 0x0085, 0x0205, (0x0006, 0x0206, 0x0406)
LAST = 0xFFFFFFFA  # sector numbers from here on are marks, not sectors


def xls_formulas(data: bytes) -> dict[str, set[tuple[int, int]]]:
    """The formula cells of each sheet by the sheet's name.

    Raises ValueError, IndexError or struct.error when the file is not such a workbook.
    """
    book = _workbook(data)
    modern, sheets = True, {}
    for kind, body, _ in _records(book, 0):
        if kind == BOF:
            modern = struct.unpack_from("<H", body)[0] >= 0x0600
        elif kind == BOUND_SHEET:
            sheets[_name(body, modern)] = struct.unpack_from("<I", body)[0]
        elif kind == END:
            break
    return {name: _formulas(book, start) for name, start in sheets.items()}


def _formulas(book: bytes, start: int) -> set[tuple[int, int]]:
    found, depth = set(), 0
    for kind, body, _ in _records(book, start):
        depth += (kind == BOF) - (kind == END)  # a chart inside a sheet has a beginning and an end of its own
        if depth == 1 and (kind in FORMULAS or (kind == BOOL_OR_ERROR and body[7:8] == b"\1")):
            found.add(struct.unpack_from("<HH", body))
        if depth == 0:
            break
    return found


def _name(body: bytes, modern: bool) -> str:
    length = body[6]
    if not modern:
        return body[7 : 7 + length].decode("cp1252", "replace")
    wide = body[7] & 1
    return body[8 : 8 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes, int]]:
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        yield kind, book[at + 4 : at + 4 + length], at
        at += 4 + length


def _workbook(data: bytes) -> bytes:
    """The stream called Workbook (Book in the oldest files) out of the compound file."""
    size, small = 1 << struct.unpack_from("<H", data, 30)[0], 1 << struct.unpack_from("<H", data, 32)[0]
    directory_at, cutoff, small_at = (struct.unpack_from("<I", data, offset)[0] for offset in (48, 56, 60))
    fat = _numbers(b"".join(_sector(data, each, size) for each in _fat_sectors(data, size)))
    directory = _chain(data, directory_at, fat, size)
    entries = {}
    for offset in range(0, len(directory), 128):
        entry = directory[offset : offset + 128]
        length = struct.unpack_from("<H", entry, 64)[0]
        entries[entry[: max(length - 2, 0)].decode("utf-16-le")] = struct.unpack_from("<II", entry, 116)
    start, length = entries.get("Workbook") or entries.get("Book") or (None, 0)
    if start is None:
        raise ValueError("no workbook inside")
    if length >= cutoff:
        return _chain(data, start, fat, size)[:length]
    root = _chain(data, entries["Root Entry"][0], fat, size)
    small_fat = _numbers(_chain(data, small_at, fat, size))
    return _chain(b"\0" * small + root, start, small_fat, small)[:length]


def _fat_sectors(data: bytes, size: int) -> list[int]:
    listed = list(struct.unpack_from("<109I", data, 76))
    at, seen = struct.unpack_from("<I", data, 68)[0], set()
    while at < LAST and at not in seen:
        seen.add(at)
        more = _numbers(_sector(data, at, size))
        listed += more[:-1]
        at = more[-1]
    return [each for each in listed if each < LAST]


def _chain(data: bytes, at: int, fat: tuple[int, ...], size: int) -> bytes:
    found, seen = [], set()
    while at < LAST and at not in seen:
        seen.add(at)
        found.append(_sector(data, at, size))
        at = fat[at]
    return b"".join(found)


def _sector(data: bytes, number: int, size: int) -> bytes:
    """Sector 0 follows the header, which fills the first sector of the file."""
    return data[(number + 1) * size : (number + 2) * size]


def _numbers(packed: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(packed) // 4}I", packed[: len(packed) // 4 * 4])
