"""A process-control chart as a drawing: shares by month, what is usual, and which months are not. Pure.

The table beside it says everything that the drawing does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from linkwell.cohorts.profiling import Month

WIDTH, HEIGHT, LEFT, FOOT, TOP = 640, 220, 52, 26, 12


@dataclass(frozen=True, slots=True)
class Spot:
    across: float
    down: float
    unusual: bool


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    """`line` joins the spots; `usual` is the outline of what is usual, empty where the past is too short."""

    spots: tuple[Spot, ...]
    line: str
    usual: str
    across: tuple[Tick, ...]
    down: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    base: int = HEIGHT - FOOT


def control_chart(months: Sequence[Month]) -> Chart:
    """Shares from nothing to a little over the highest, one step a month."""
    highest = max([each.share for each in months] + [each.usual_high or 0 for each in months], default=0) or 0.01
    top = highest * 1.1
    step = (WIDTH - LEFT - 10) / max(len(months) - 1, 1)

    def at(number: int, share: float) -> tuple[float, float]:
        return round(LEFT + number * step, 1), round(HEIGHT - FOOT - share / top * (HEIGHT - FOOT - TOP), 1)

    spots = tuple(Spot(*at(number, each.share), _unusual(each)) for number, each in enumerate(months))
    known = [(number, each) for number, each in enumerate(months) if each.usual_high is not None]
    upper = [at(number, each.usual_high or 0) for number, each in known]
    lower = [at(number, each.usual_low or 0) for number, each in reversed(known)]
    every = max(len(months) // 6, 1)
    return Chart(
        spots=spots,
        line=_points((spot.across, spot.down) for spot in spots),
        usual=_points([*upper, *lower]),
        across=tuple(Tick(at(number, 0)[0], each.month) for number, each in enumerate(months) if number % every == 0),
        down=tuple(Tick(at(0, highest * part)[1], f"{highest * part:.1%}") for part in (0, 0.5, 1)),
    )


def _unusual(month: Month) -> bool:
    if month.usual_low is None or month.usual_high is None:
        return False
    return not month.usual_low <= month.share <= month.usual_high


def _points(pairs: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{across},{down}" for across, down in pairs)
