"""What is missing near here, for whoever can pay for something new."""

from __future__ import annotations

import io
from collections import Counter

from django.http import HttpResponse
from django.shortcuts import render

from linkwell.core.reading import one_read
from linkwell.core.routes import ScopedRequest
from linkwell.directory import drawing, geography
from linkwell.kernel import csv_safe
from linkwell.kernel.codes import NEEDS, plain
from linkwell.kernel.small_numbers import FEWEST, guarded
from linkwell.onward.queries import missing as asking
from linkwell.onward.queries.missing import MissingRow

WEEKS = (4, 6, 8, 12)
USUAL_WEEKS = 6
HEADER = (
    "kind of need", "district", "deprivation decile (1 is most deprived)", "looked for and not found",
    "declined for no room", "groups full", "groups with a long wait", "groups there are",
)  # fmt: skip
MOST_SHADE = 4


@one_read
def missing(request: ScopedRequest) -> HttpResponse:
    weeks = _weeks(request)
    rows = asking.missing(request.scope, weeks)
    if request.GET.get("as") == "csv":
        return _file(rows)
    wanted = [row for row in rows if row.unmet or row.no_room or row.long_waits]
    context = {
        "rows": [_told(row) for row in wanted],
        "deciles": _by_decile(rows),
        "weeks": weeks,
        "choices": WEEKS,
        "fewest": FEWEST,
        "drawing": drawing.draw_districts(_shades(rows)),
        "attribution": geography.ATTRIBUTION,
    }
    return render(request, "onward/missing.jinja", context)


def _weeks(request: ScopedRequest) -> int:
    asked = request.GET.get("weeks", "")
    return int(asked) if asked in {str(each) for each in WEEKS} else USUAL_WEEKS


def _told(row: MissingRow) -> tuple[str, ...]:
    numbers = (guarded(row.not_found), guarded(row.declined), str(row.no_room), str(row.long_waits), str(row.groups))
    decile = "not known" if row.decile is None else str(row.decile)
    return plain(NEEDS, row.need), row.district or "not said", decile, *numbers


def _by_decile(rows: tuple[MissingRow, ...]) -> list[tuple[str, ...]]:
    """How it is where most, and where fewest, are poor: for every kind of need together.

    Sums are guarded anew, so that no difference between a sum and its lines gives a small number away.
    """
    found: dict[int, Counter[str]] = {}
    for row in rows:
        if row.decile is not None:
            sums = found.setdefault(row.decile, Counter())
            sums.update(unmet=row.unmet, no_room=row.no_room, long_waits=row.long_waits, groups=row.groups)
    return [
        (str(decile), guarded(sums["unmet"]), *(str(sums[name]) for name in ("no_room", "long_waits", "groups")))
        for decile, sums in sorted(found.items())
    ]


def _shades(rows: tuple[MissingRow, ...]) -> dict[str, int]:
    """How much stays unmet in each district for every group there is, in four steps of the worst."""
    unmet: Counter[str] = Counter()
    groups: Counter[str] = Counter()
    for row in rows:
        if row.district:
            # Shown or not, a small number must not be read from a colour either.
            unmet[row.district] += row.unmet if row.unmet >= FEWEST else 0
            groups[row.district] += row.groups
    need = {district: unmet[district] / (groups[district] + 1) for district in {*unmet, *groups}}
    worst = max(need.values(), default=0.0)
    return {district: round(MOST_SHADE * share / worst) if worst else 0 for district, share in need.items()}


def _file(rows: tuple[MissingRow, ...]) -> HttpResponse:
    made = io.StringIO(newline="")
    csv_safe.write_rows(made, HEADER, [_told(row) for row in rows])
    response = HttpResponse(csv_safe.BYTE_ORDER_MARK + made.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="what-is-missing.csv"'
    return response
