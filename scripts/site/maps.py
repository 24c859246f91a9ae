"""Where each dot of a map without tiles goes: one for each village of the regency, drawn by theme/blocks/map.html."""

from math import cos, radians

WIDTH, EDGE = 320, 12  # of the drawing and of the free space around the dots, in its own units

Place = tuple[float, float]  # degrees of latitude and longitude (WGS 84)


def dots(title: str, words: str, places: list[Place], near: list[Place], here: Place, name: str) -> dict:
    """A map of ``places`` with those ``near`` drawn stronger and ``here`` ringed and named.

    ``words`` is what the map says to someone who cannot see it. North is up. The regency is small enough for
    one scale: a degree of longitude is shortened by the cosine of the middle latitude.
    """
    south, north = min(lat for lat, _ in places), max(lat for lat, _ in places)
    west, east = min(lng for _, lng in places), max(lng for _, lng in places)
    narrow = cos(radians((south + north) / 2))
    scale = (WIDTH - 2 * EDGE) / (((east - west) * narrow) or 1)

    def put(place: Place) -> tuple[int, int]:
        return round((place[1] - west) * narrow * scale + EDGE), round((north - place[0]) * scale + EDGE)

    return {
        "title": title,
        "words": words,
        "width": WIDTH,
        "height": round((north - south) * scale) + 2 * EDGE,
        "places": _path(map(put, places)),
        "near": _path(map(put, near)),
        "here": put(here),
        "name": name,
        "left": put(here)[0] > WIDTH / 2,
    }


def _path(points) -> str:
    """Many dots in one element: a line of no length with round ends is a dot."""
    return "".join(f"M{x} {y}h0" for x, y in points)
