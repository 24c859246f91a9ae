"""Where each bar, label and number of a bar chart goes. theme/blocks/chart.html draws it as inline SVG: no script,
no style attribute, colours from the stylesheet by class."""

from textwrap import wrap

WIDTH = 320  # of the drawing, in its own units; the stylesheet may scale it
LONGEST = 240  # of a bar, so that its number still fits beside it
FONT = 13  # size of labels and numbers, in the same units
LETTERS = 40  # of that size that fit on a line of a label
LINE, BAR, GAP = 17, 20, 14


def bars(title: str, description: str, values: list[tuple[str, float, str]]) -> dict:
    """A horizontal bar for each (label, value, value in words); the longest bar is the largest value.

    Bars start at zero. Raises ValueError for a negative value, which a bar cannot show.
    """
    if any(value < 0 for _, value, _ in values):
        raise ValueError("a bar cannot show less than nothing")
    largest = max((value for _, value, _ in values), default=0) or 1
    drawn, y = [], 0
    for label, value, words in values:
        lines = [(y + LINE * at - 4, line) for at, line in enumerate(wrap(label, LETTERS), 1)]
        y += LINE * len(lines)
        drawn.append({"lines": lines, "y": y, "width": round(LONGEST * value / largest), "words": words})
        y += BAR + GAP
    height = max(y - GAP, 0)
    return {
        "title": title,
        "description": description,
        "width": WIDTH,
        "height": height,
        "font": FONT,
        "bar": BAR,
        "bars": drawn,
    }
