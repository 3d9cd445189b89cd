"""Public pages in cells and words: nothing here holds a bare number. Never queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from linkwell.evaluation.disclosure.cells import TOO_FEW, Count, Mean, Percentage, Released
from linkwell.kernel import codes
from linkwell.kernel.words import joined, written_date
from linkwell.showcase.details import PublicRelease, ReleaseRow
from linkwell.showcase.figures import BEGAN, ENDED, NEED, TWICE

LICENCE = "Creative Commons Attribution 4.0 International (CC BY 4.0)"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
NOT_KNOWN = (
    "Nobody here is compared with people who had no support. So this does not show that the support was the reason.",
    "People come when things are at their worst, and part of that passes by itself.",
    "Whoever answered only once is not in the change. They may have fared differently.",
)
HOW_COUNTED = (
    "Everybody is counted once: among those who began in the period of their first conversation with a link worker, "
    "among those who finished in the period their support first ended.",
    "The change is the last answer minus the first of the same person. The range holds the true mean change 95 times "
    "out of 100.",
    "Numbers from 1 to 7 are not shown. All others are rounded to the nearest 5, and each total by itself, so parts "
    "may not add up. Sometimes one more number is not shown, so that nobody can work out a small one.",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: what, its cell, and its share where there is one."""

    label: str
    cell: Released
    share: Percentage | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One score: how many answered twice, how far the mean moved, and which way that is, in words."""

    label: str
    people: Count
    share: Percentage
    mean: Mean
    said: str


@dataclass(frozen=True, slots=True)
class Showcase:
    """A whole public page. What is too few to show is named in words after what is shown."""

    title: str
    place: str
    code: str
    key: str
    period: str
    sentence: str
    published: str
    withdrawn: str
    began: Count
    ended: Count
    needs: tuple[Line, ...]
    changes: tuple[Change, ...]

    @property
    def needs_shown(self) -> tuple[Line, ...]:
        return tuple(line for line in self.needs if str(line.cell) != TOO_FEW)

    @property
    def needs_too_few(self) -> str:
        return joined([line.label for line in self.needs if line not in self.needs_shown])

    @property
    def changes_shown(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.mean.value is not None)

    @property
    def changes_too_few(self) -> str:
        return joined([change.label for change in self.changes if change not in self.changes_shown])


def showcase(found: PublicRelease) -> Showcase:
    """A withdrawn release keeps its words and loses its cells."""
    gone = f"{written_date(found.withdrawn_on, year=True)}: {found.withdrawn_why}" if found.withdrawn_on else ""
    whose = "in all areas together" if found.of_all_areas else f"supported by {found.place}"
    return Showcase(
        title=f"What changed for people {whose}, {found.period.words}",
        place=found.place,
        code=found.code.lower(),
        key=found.key,
        period=found.period.words,
        sentence=_sentence(found),
        published=written_date(found.published_on, year=True),
        withdrawn=gone,
        began=found.cells.counts[BEGAN],
        ended=found.cells.counts[ENDED],
        needs=() if gone else needs(found),
        changes=() if gone else changes(found),
    )


def _sentence(found: PublicRelease) -> str:
    began = found.cells.counts[BEGAN]
    if began.shown is None:
        return "Fewer than eight people, or too few to be told safely, began to see a link worker."
    clear = [each for each in changes(found) if each.mean.value is not None]
    start = f"About {began} people began to see a link worker." if began.shown else "Nobody began to see a link worker."
    if not clear:
        return f"{start} Too few were asked twice to say whether anything changed."
    which = {word: sum(each.said.startswith(word) for each in clear) for word in ("Better", "Worse", "No clear")}
    if which["Worse"] or which["No clear"]:
        return (
            f"{start} Some of what they answered got better, not all of it."
            if which["Better"]
            else (f"{start} No change for the better can be seen in what they answered.")
        )
    return f"{start} On average, those asked twice said that they were better in everything they were asked."


def needs(found: PublicRelease | ReleaseRow) -> tuple[Line, ...]:
    """What people wanted to change, the most common first."""
    cells, whole = found.cells.counts, found.cells.counts[BEGAN]
    lines = [
        Line(codes.plain(codes.NEEDS, name.removeprefix(NEED)), cell, Percentage(cell, whole))
        for name, cell in cells.items()
        if name.startswith(NEED)
    ]
    return tuple(sorted(lines, key=_commonest))


def _commonest(line: Line) -> tuple[int, str]:
    shown = line.cell.shown if isinstance(line.cell, Count) else None
    return -(shown or 0), line.label


def changes(found: PublicRelease | ReleaseRow) -> tuple[Change, ...]:
    cells = found.cells
    return tuple(
        Change(
            label=words,
            people=cells.counts[TWICE + code],
            share=Percentage(cells.counts[TWICE + code], cells.counts[ENDED]),
            mean=cells.means[code],
            said=_said(cells.means[code], lower=code in found.lower),
        )
        for code, words in sorted(found.words.items(), key=lambda each: each[1])
        if TWICE + code in cells.counts
    )


def _said(mean: Mean, *, lower: bool) -> str:
    if mean.value is None or mean.low is None or mean.high is None:
        return "Not known: too few answered twice"
    if mean.low <= 0 <= mean.high:
        return "No clear change: it could as well be none"
    better = (mean.value < 0) == lower
    return ("Better" if better else "Worse") + (", lower is better" if lower else ", higher is better")


def why_lines(row: ReleaseRow) -> tuple[tuple[str, str], ...]:
    """What the gate kept back, and why."""
    return tuple((label_of(name, row), reason) for name, reason in sorted(row.why.items()))


def label_of(name: str, row: ReleaseRow | PublicRelease) -> str:
    """What a count is called on screen."""
    kind, _, code = name.partition("/")
    known = {
        BEGAN: "People who began to see a link worker",
        ENDED: "People whose support ended",
        "need": f"For: {codes.plain(codes.NEEDS, code)}" if code else "",
        "twice": f"Asked twice: {row.words.get(code, code)}",
        "change": f"Change: {row.words.get(code, code)}",
    }
    return known[kind]


def lines(row: ReleaseRow) -> tuple[Line, ...]:
    """Every cell of a release for those who check it."""
    counts = [Line(label_of(name, row), cell) for name, cell in sorted(row.cells.counts.items())]
    return (*counts, *(Line(label_of(f"change/{code}", row), cell) for code, cell in sorted(row.cells.means.items())))


def links(found: Iterable[PublicRelease], now: PublicRelease) -> tuple[tuple[str, str, bool], ...]:
    """Address, words and whether it was withdrawn, of the other releases."""
    return tuple(
        (
            each.key,
            each.period.words + (f" (put right, {each.number})" if each.number > 1 else ""),
            bool(each.withdrawn_on),
        )
        for each in found
        if each.key != now.key
    )
