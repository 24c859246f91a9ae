"""The villages of the hub: a list, and the body of each village's page. A third village is rows only."""

from scripts.site.blocks.contacts import card
from scripts.site.charts import bars
from scripts.site.inline import measure
from scripts.site.maps import dots
from scripts.site.templates import fill
from scripts.site.view import UnknownName, View

PILLARS = ("educative", "progressive", "safe", "prosperous")


def render(name: str, view: View) -> str:
    """``all``: every village with its status and a link to its page."""
    if name != "all":
        raise UnknownName("villages", name, ["all"])
    rows = [view.uses(row, "village") for row in view.tables.rows("villages")]
    return fill("villages", view, rows=rows)


def one(name: str, view: View) -> str:
    """The body of one village's page."""
    row = view.uses(view.row("villages", name, "village"), "village")
    indicators = [view.uses(each, "village") for each in view.tables.grouped("indicators", "village").get(name, [])]
    workers = [each for each in indicators if each["indicator"] == "workers_abroad"]
    offices = [card(view.row("contacts", office, "contact"), view) for office in view.tables.hub["offices"]]
    return fill(
        "village",
        view,
        row=row,
        workers=workers,
        chart=_chart(row, workers, view),
        map=_map(row, view),
        figures=[each for each in indicators if each["indicator"] != "workers_abroad"],
        pillars={pillar: view.pick(row, f"pillar_{pillar}") for pillar in PILLARS},
        offices=offices,
    )


def _chart(row: dict, workers: list[dict], view: View) -> dict:
    values = [(view.pick(each, "group"), float(each["value"]), measure(each, view)) for each in workers]
    title = view.say("village.workers-title", village=row["name"])
    return bars(title, "; ".join(f"{label}: {text}" for label, _, text in values), values)


def _map(row: dict, view: View) -> dict | None:
    regency = [each for each in view.tables.rows("regency_villages") if each["lat"] and each["lng"]]
    here = next((each for each in regency if each["code"] == row["code"]), None)
    if not here:
        return None
    near = [_place(each) for each in regency if each["kecamatan"] == here["kecamatan"]]
    return dots(
        view.say("village.map-title", village=row["name"]),
        view.say("village.map-words", village=row["name"], district=row["kecamatan"], regency=row["regency"]),
        [_place(each) for each in regency],
        near,
        _place(here),
        row["name"],
    )


def _place(row: dict) -> tuple[float, float]:
    return float(row["lat"]), float(row["lng"])
