"""From the figures of a month to the lines on paper and screen. Never asks the database."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from linkwell.impact import words
from linkwell.impact.months import Month
from linkwell.impact.numbers import BLOCKS, NUMBERS, OF_TEAMS, Block, Line, Number, PerSize, Share
from linkwell.impact.queries.behind import Side
from linkwell.impact.queries.report import COMPARED
from linkwell.impact.rows import BehindRow, Figure, Report, SliceRow, Wanted
from linkwell.kernel import clock
from linkwell.kernel.words import written_date

NO_SIZE = "No list size"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a cell: words, and the list they open ("" for words between)."""

    words: str
    url: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table. `now` is how it stands today, where a month was signed off and something has changed."""

    label: str
    counted: str
    parts: tuple[Part, ...]
    now: tuple[Part, ...] = ()
    under: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    rows: tuple[Row, ...]
    empty: str
    nothing: bool


@dataclass(frozen=True, slots=True)
class Links:
    """Where the lists of a report are, narrowed as the report is."""

    month: Month
    wanted: Wanted

    def behind(self, number: str, key: str = "", side: Side | None = None) -> str:
        asked = query_of(self.wanted, key=key, side=side or "")
        return reverse("impact:behind", kwargs={"month": str(self.month), "number": number}) + asked


def query_of(wanted: Wanted, **more: str) -> str:
    """The end of an address: what a report is narrowed to, and more."""
    asked = {"team": str(wanted.team_id or ""), "practice": wanted.practice, "referrer": wanted.referrer, **more}
    kept = urlencode({name: value for name, value in asked.items() if value})
    return f"?{kept}" if kept else ""


def tables(report: Report) -> tuple[Table, ...]:
    """Every block of the report as a table."""
    return tuple(_table(report, block) for block in BLOCKS)


def _table(report: Report, block: Block) -> Table:
    rows = tuple(row for line in block.lines for row in _rows(report, line))
    counted = [line.code for line in block.lines if isinstance(line, Number)]
    nothing = all(not _ever(report.figure(code)) for code in counted)
    return Table(block.title, rows, block.empty, nothing)


def _ever(figure: Figure) -> bool:
    return bool(figure.count or (figure.now and figure.now.count))


def _rows(report: Report, line: Line) -> Iterator[Row]:
    if isinstance(line, Share):
        yield _share(report, line)
    elif isinstance(line, PerSize):
        if row := _per_size(report, line):
            yield row
    elif line.own_line and not (line.source in OF_TEAMS and report.wanted.about_people):
        yield _number(report, line)
        for key in sorted(report.keys(line.code), key=lambda key: -report.figure(line.code, key).count):
            yield _key(report, line, key)


def _number(report: Report, line: Number) -> Row:
    figure = report.figure(line.code)
    links = Links(report.month, report.wanted)
    parts = (Part(_value(line, figure), links.behind(line.code, side=_side(report)), line.label),)
    return Row(line.label, line.counted, parts, _now(report, line, figure, ""))


def _key(report: Report, line: Number, key: str) -> Row:
    figure = report.figure(line.code, key)
    url = Links(report.month, report.wanted).behind(line.code, key, _side(report))
    label = words.of_key(line.code, key)
    parts = (Part(str(figure.count), url, f"{line.label}: {label}"),)
    return Row(label, "", parts, _now(report, line, figure, key), under=True)


def _side(report: Report) -> Side | None:
    return "signed" if report.signed else None


def _value(line: Number, figure: Figure) -> str:
    if line.amount == "most":
        return "–" if figure.most is None else _days(int(figure.most))
    if line.amount == "sum":
        return str(int(figure.total)) if line.unit == "people" else _rounded(figure.total)
    return str(figure.count)


def _days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"


def _now(report: Report, line: Number, figure: Figure, key: str) -> tuple[Part, ...]:
    """ "now 43", and which rows differ; nothing where the signed number still stands."""
    if figure.now is None or not figure.changed:
        return ()
    links = Links(report.month, report.wanted)
    return (
        Part(f"now {_value(line, figure.now)}", links.behind(line.code, key, "now"), f"{line.label}, as it stands now"),
        Part("what changed", links.behind(line.code, key, "new"), line.label),
    )


def _share(report: Report, line: Share) -> Row:
    part, of = report.figure(line.part), report.figure(line.of)
    links, side = Links(report.month, report.wanted), _side(report)
    parts = [
        Part(str(part.count), links.behind(line.part, side=side), line.label),
        Part("of"),
        Part(str(of.count), links.behind(line.of, side=side), NUMBERS[line.of].label),
    ]
    if of.count:
        parts.append(Part(f"({_percent(part.count, of.count)})"))
    if line.later:
        later = report.figure(line.later).count
        parts += [
            Part("not yet due"),
            Part(str(later), links.behind(line.later, side=side), f"{line.label}, not yet due"),
        ]
    changed = [report.figure(code) for code in (line.part, line.of, line.later) if code]
    now: tuple[Part, ...] = ()
    if any(figure.changed for figure in changed) and part.now and of.now:
        now = (
            Part(f"now {part.now.count}", links.behind(line.part, side="now"), f"{line.label}, as it stands now"),
            Part("of"),
            Part(str(of.now.count), links.behind(line.of, side="now"), f"{NUMBERS[line.of].label}, as it stands now"),
            Part("what changed", links.behind(line.of, side="new"), line.label),
        )
    return Row(line.label, line.counted, tuple(parts), now)


def _percent(part: int, of: int) -> str:
    return f"{Decimal(100 * part / of).quantize(Decimal(1), ROUND_HALF_UP)}%"


def _per_size(report: Report, line: PerSize) -> Row | None:
    """None where the report is narrowed to something that has no such size."""
    figure = report.figure(line.part)
    if line.per == "full_time":
        posts = report.figure("full_time").total
        if report.wanted.about_people:
            return None
        value = _rounded(Decimal(figure.count) / posts) if posts else "No link workers in post"
    elif not report.wanted.practice or report.wanted.team_id or report.wanted.referrer:
        return None
    else:
        value = per_thousand(figure.count, report.list_size)
    url = Links(report.month, report.wanted).behind(line.part, side=_side(report))
    return Row(line.label, line.counted, (Part(value, url, line.label),))


def per_thousand(count: int, size: int | None) -> str:
    """A rate for each 1,000 people, to one decimal; without a size there is none."""
    return _rounded(Decimal(1000 * count) / size) if size else NO_SIZE


def _rounded(value: Decimal) -> str:
    return str(value.quantize(Decimal("0.1"), ROUND_HALF_UP))


def compared_cells(row: SliceRow, by: str, month: Month) -> list[Part]:
    """The cells of one team, practice or referrer after its name."""
    wanted = narrowed_to(by, row.value)
    cells = []
    for code in COMPARED:
        url = Links(month, wanted).behind(code, side="now") if wanted is not None else ""
        cells.append(Part(str(row.figure(code).count), url, f"{row.words}: {NUMBERS[code].label}"))
    if by == "practice":
        cells.insert(1, Part(per_thousand(row.figure("received").count, row.list_size)))
    return cells


def narrowed_to(by: str, value: str) -> Wanted | None:
    """What the report is narrowed to for one line of a comparison; None where that has no name."""
    if not value:
        return None
    if by == "team":
        return Wanted(team_id=UUID(value))
    return Wanted(practice=value) if by == "practice" else Wanted(referrer=value)


@dataclass(frozen=True, slots=True)
class BehindLine:
    """A row of the list behind a number, in words."""

    when: str
    name: str
    url: str
    words: str
    line: str
    team: str
    referrer: str
    practice: str
    amount: str


def behind_line(number: Number, row: BehindRow) -> BehindLine:
    """`url` opens the support if there is any, else the referral; "" for those who may not read records."""
    url = ""
    if row.case_id:
        url = reverse("casework:case", kwargs={"case_id": row.case_id})
    elif row.referral_id:
        url = reverse("referrals:referral", kwargs={"referral_id": row.referral_id})
    return BehindLine(
        when=written_date(clock.london(row.at).date()),
        name=row.name,
        url=url,
        words=row.words,
        line=words.of_key(number.code, row.key) if row.key else "",
        team=row.team,
        referrer=row.referrer,
        practice=row.practice,
        amount="" if row.amount is None else (_days(int(row.amount)) if number.unit == "days" else str(row.amount)),
    )
