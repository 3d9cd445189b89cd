"""Public pages in cells and words: nothing here holds a bare number. Never queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from linkwell.evaluation.disclosure.cells import TOO_FEW, Count, Mean, Percentage, Released
from linkwell.evaluation.disclosure.frozen import Cells
from linkwell.kernel import codes
from linkwell.kernel.tongue import marked, say
from linkwell.kernel.words import joined, written_date
from linkwell.showcase.details import PublicRelease, ReleaseRow
from linkwell.showcase.figures import BEGAN, ENDED, NEED, TWICE

LICENCE = "Creative Commons Attribution 4.0 International (CC BY 4.0)"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
NOT_KNOWN = (
    marked(
        "Nobody here is compared with people who had no support. So this does not show that the support was the reason."
    ),
    marked("People come when things are at their worst, and part of that passes by itself."),
    marked("Whoever answered only once is not in the change. They may have fared differently."),
)
HOW_COUNTED = (
    marked(
        "Everybody is counted once: among those who began in the period of their first conversation with a link "
        "worker, among those who finished in the period their support first ended."
    ),
    marked(
        "The change is the last answer minus the first of the same person. The range holds the true mean change 95 "
        "times out of 100."
    ),
    marked(
        "Numbers from 1 to 7 are not shown. All others are rounded to the nearest 5, and each total by itself, so "
        "parts may not add up. Sometimes one more number is not shown, so that nobody can work out a small one."
    ),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: what, its cell, and its share where there is one."""

    label: str
    cell: Released
    share: Percentage | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One score of a questionnaire: how many answered twice, how far the mean moved, and which way, in words."""

    title: str
    score: str
    people: Count
    share: Percentage
    mean: Mean
    lower: bool
    said: str

    @property
    def label(self) -> str:
        return f"{self.title}: {self.score}" if self.title else self.score


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
        return joined([lowered(line.label) for line in self.needs if line not in self.needs_shown])

    @property
    def changes_shown(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.mean.value is not None)

    @property
    def changes_too_few(self) -> str:
        """Scores by their questionnaire, which is named once."""
        by_title: dict[str, list[str]] = {}
        for change in self.changes:
            if change not in self.changes_shown:
                by_title.setdefault(change.title, []).append(lowered(change.score))
        return "; ".join(f"{title} ({joined(scores)})" for title, scores in by_title.items())


def showcase(found: PublicRelease) -> Showcase:
    """A withdrawn release keeps its words and loses its cells."""
    gone = f"{written_date(found.withdrawn_on, year=True)}: {found.withdrawn_why}" if found.withdrawn_on else ""
    told = {"place": found.place, "period": found.period.words}
    return Showcase(
        title=say("What changed for people in all areas together, %(period)s") % told
        if found.of_all_areas
        else say("What changed for people supported by %(place)s, %(period)s") % told,
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
        return say("Fewer than eight people, or too few to be told safely, began to see a link worker.")
    start = say("Nobody began to see a link worker.")
    if began.shown:
        start = say("About %(many)s people began to see a link worker.") % {"many": began}
    return f"{start} {say(_outcome({_way(each.mean, lower=each.lower) for each in changes(found)} - {None}))}"


def _outcome(ways: set[str | None]) -> str:
    if not ways:
        return marked("Too few were asked twice to say whether anything changed.")
    if ways == {BETTER}:
        return marked("On average, those asked twice said that they were better in everything they were asked.")
    if BETTER in ways:
        return marked("Some of what they answered got better, not all of it.")
    return marked("No change for the better can be seen in what they answered.")


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
        _change(cells, code, words, lower=code in found.lower)
        for code, words in sorted(found.words.items(), key=lambda each: each[1])
        if TWICE + code in cells.counts
    )


def _change(cells: Cells, code: str, words: str, *, lower: bool) -> Change:
    title, _, score = words.rpartition(": ")
    people, mean = cells.counts[TWICE + code], cells.means[code]
    return Change(
        title=say(title),
        score=say(score),
        people=people,
        share=Percentage(people, cells.counts[ENDED]),
        mean=mean,
        lower=lower,
        said=say(_SAID[_way(mean, lower=lower), lower]),
    )


BETTER, WORSE, UNCLEAR = "better", "worse", "unclear"
_SAID = {
    (None, False): marked("Not known: too few answered twice"),
    (UNCLEAR, False): marked("No clear change: it could as well be none"),
    (BETTER, False): marked("Better, higher is better"),
    (BETTER, True): marked("Better, lower is better"),
    (WORSE, False): marked("Worse, higher is better"),
    (WORSE, True): marked("Worse, lower is better"),
}
_SAID |= {(way, True): _SAID[way, False] for way in (None, UNCLEAR)}


def _way(mean: Mean, *, lower: bool) -> str | None:
    """Which way a mean moved, in view of its interval; None where it is kept back."""
    if mean.value is None or mean.low is None or mean.high is None:
        return None
    if mean.low <= 0 <= mean.high:
        return UNCLEAR
    return BETTER if (mean.value < 0) == lower else WORSE


def told(cell: Released) -> str:
    """A cell in the language of the page."""
    return say(str(cell)) if str(cell) == TOO_FEW else str(cell)


def ranged(mean: Mean) -> str:
    """The interval of a mean, in the language of the page."""
    low, high = mean.edges
    return say("%(low)s to %(high)s") % {"low": low, "high": high} if mean.value is not None else told(mean)


def lowered(label: str) -> str:
    """As it is written within a sentence."""
    return label[:1].lower() + label[1:]


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


def lines(row: ReleaseRow) -> tuple[tuple[str, Released, str], ...]:
    """Every cell of a release for those who check it, with the reason where it is kept back."""
    cells: dict[str, Released] = dict(sorted(row.cells.counts.items()))
    cells |= {f"change/{code}": mean for code, mean in sorted(row.cells.means.items())}
    return tuple((label_of(name, row), cell, row.why.get(name, "").capitalize()) for name, cell in cells.items())


def links(found: Iterable[PublicRelease], now: PublicRelease) -> tuple[tuple[str, str, bool], ...]:
    """Address, words and whether it was withdrawn, of the other releases."""
    return tuple((each.key, _named(each), bool(each.withdrawn_on)) for each in found if each.key != now.key)


def _named(each: PublicRelease) -> str:
    if each.number == 1:
        return each.period.words
    return say("%(period)s, put right") % {"period": each.period.words}
