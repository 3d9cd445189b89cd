"""The funnel in words, tables and a picture."""

from __future__ import annotations

from collections.abc import Sequence

from linkwell.evaluation.answer import Answer
from linkwell.evaluation.disclosure.rules import SMALL
from linkwell.evaluation.estimate import Estimate
from linkwell.evaluation.funnel.counting import Cell, Group, groups_of
from linkwell.evaluation.funnel.people import NOT_KNOWN, people_of
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.report import Report, Section, TableOf, charts
from linkwell.evaluation.report.saying import interval, number, percent
from linkwell.evaluation.table import Table

CERTAIN = 0.05
HIDDEN = "kept back"


def funnel(
    table: Table, *, groups: Sequence[str], steps: Sequence[str], references: Sequence[str], person: str | None
) -> Answer:
    """The funnel of a table as numbers and as a report. Raises Refused."""
    if len(steps) < 2 or len(set(steps)) < len(steps):
        raise Refused("A funnel has two steps or more, each named once.")
    people = people_of(table, steps, groups, person)
    everybody, found = groups_of(people, references)
    numbers = {
        "steps": list(steps),
        "everybody": [_cell(cell) for cell in everybody],
        "groups": [
            {
                "column": group.column,
                "group": group.name,
                "reference": group.reference,
                "steps": [_cell(cell) for cell in group.cells],
            }
            for group in found
        ],
    }
    n = everybody[0].reached.count if everybody[0].reached else 0
    return Answer("funnel", n, numbers, report(everybody, found))


def _cell(cell: Cell) -> dict[str, object]:
    return {
        "step": cell.step,
        "kept_back": cell.kept_back,
        "reached": cell.reached,
        "not_known": cell.not_known,
        "of_all": cell.of_all,
        "ratio": cell.ratio,
    }


def report(everybody: tuple[Cell, ...], groups: tuple[Group, ...]) -> Report:
    columns = list(dict.fromkeys(group.column for group in groups))
    return Report(
        title="Who gets to each step: " + ", ".join(columns),
        answer=_answer(groups),
        rests_on=_rests_on(everybody, groups),
        sections=(
            Section("Everybody", (), (_table("Everybody at each step", [("All", everybody)]),)),
            *(_column(name, [group for group in groups if group.column == name]) for name in columns),
            _method(groups),
        ),
    )


def _answer(groups: tuple[Group, ...]) -> str:
    if not _ratios(groups):
        return "Too few people are in these groups to compare any of them."
    certain = [(group, cell, ratio) for group, cell, ratio in _ratios(groups) if (ratio.p or 0) < CERTAIN]
    if not certain:
        return "No difference between groups can be seen at any step, beyond what chance gives."
    group, cell, ratio = min(
        certain, key=lambda found: abs(1 / found[2].value if found[2].value > 1 else found[2].value)
    )
    share = "a smaller share" if ratio.value < 1 else "a larger share"
    others = len(certain) - 1
    more = f" {others} more {'difference is' if others == 1 else 'differences are'} beyond chance." if others else ""
    return (
        f"Of people with {group.column} “{group.name}”, {share} reached “{cell.step}” than of those compared with "
        f"(ratio {number(ratio.value)}, 95 % interval {interval(ratio.low, ratio.high)}).{more}"
    )


def _ratios(groups: tuple[Group, ...]) -> list[tuple[Group, Cell, Estimate]]:
    return [(group, cell, cell.ratio) for group in groups for cell in group.cells if cell.ratio]


def _rests_on(everybody: tuple[Cell, ...], groups: tuple[Group, ...]) -> tuple[str, ...]:
    first = everybody[0].reached
    lines = [f"It rests on {first.count:,} people who were {everybody[0].step}." if first else ""]
    lines.append(
        "Groups may differ in more than what is written here. A difference says where to ask, not why it is so."
    )
    if any(group.name == NOT_KNOWN for group in groups):
        lines.append("Of some people the group is not known. They are a group of their own, left out of nothing.")
    return tuple(line for line in lines if line)


def _column(name: str, groups: list[Group]) -> Section:
    reference = next(group.name for group in groups if group.reference)
    compared = [(f"{group.name}: {cell.step}", ratio) for group, cell, ratio in _ratios(tuple(groups))]
    words = (f"Compared with “{reference}”.",)
    if all(cell.kept_back for group in groups for cell in group.cells):
        return Section(f"By {name}", ("Too few people are in these groups to show any number.",))
    table = _table(f"Each step by {name}", [(group.name, group.cells) for group in groups])
    if not compared:
        return Section(f"By {name}", words, (table,))
    picture = charts.forest(
        f"Ratios of shares by {name}",
        f"{len(compared)} ratios of the share that reached a step, each against “{reference}”, with a line at 1.",
        compared,
        null=1.0,
        first="Group and step",
        second="Ratio",
    )
    return Section(f"By {name}", words, (picture, table))


def _table(title: str, rows: list[tuple[str, tuple[Cell, ...]]]) -> TableOf:
    """A row for each group, a column for each step that is shown: so many of those who reached the one before."""
    shown = [at for at in range(len(rows[0][1])) if any(not cells[at].kept_back for _, cells in rows)]
    headings = ("Group", *(rows[0][1][at].step.capitalize() for at in shown))
    return TableOf(title, headings, tuple((name, *(_words(cells[at], at) for at in shown)) for name, cells in rows))


def _words(cell: Cell, at: int) -> str:
    if cell.reached is None:
        return HIDDEN
    reached, unknown = cell.reached, f" ({cell.not_known:,} not known)" if cell.not_known else ""
    if not reached.of:
        return f"–{unknown}"
    if reached.count == reached.of:
        return f"{reached.count:,}{' (all)' if at else ''}{unknown}"
    wide = f"{percent(reached.low)} to {percent(reached.high)}"
    return f"{reached.count:,} of {reached.of:,}, {percent(reached.value)} ({wide}){unknown}"


def _method(groups: tuple[Group, ...]) -> Section:
    words = (
        "A share is of those who reached the step before and of whom it is known; in brackets its 95 % interval "
        "(Wilson’s). The ratio "
        "of two shares has Katz’s interval and Fisher’s exact test; p-values are made right for how many comparisons "
        f"were made ({len(_ratios(groups))}) by Holm’s method.",
        f"Where one to {SMALL} people reached a step, or did not, nothing of that cell is shown, nor of the same "
        "group’s later steps, and so many others are kept back that nothing follows by subtraction.",
        "A step at which most groups would be kept back is passed over: the next one is out of the last that is shown.",
        "This is for those who work on it. What is made public passes disclosure control first.",
    )
    return Section("How it was worked out", words, checks=True)
