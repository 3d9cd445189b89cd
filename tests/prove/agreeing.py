"""The report of every partner and month beside a count of the raw rows: the same, number by number and line by line."""

from collections import Counter as Count
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from linkwell.casework import actions as casework
from linkwell.casework.details import ConversationDetails
from linkwell.impact import queries
from linkwell.impact.actions import sign_off
from linkwell.impact.months import Month
from linkwell.impact.numbers import BLOCKS, NUMBERS, OF_TEAMS, Line, Number, Share
from linkwell.impact.presenters import tables
from linkwell.impact.printed import csv_rows
from linkwell.impact.queries.report import COMPARED
from linkwell.impact.rows import Report, SliceRow, Wanted
from linkwell.kernel import clock
from linkwell.kernel.ids import new_id
from tests.prove.counting import Counted, Counter, dump
from tests.prove.partners import Partner
from tests.prove.week import Week, asked

LINE, UNDER, VALUE = 3, 4, 5


@dataclass(frozen=True)
class Own:
    """Our own figures for one report: how many rows, and their amounts, by number and key ("" for all of a number)."""

    counts: Count[tuple[str, str]]
    amounts: dict[str, list[float]]

    @classmethod
    def of(cls, counted: Iterable[Counted]) -> "Own":
        counts: Count[tuple[str, str]] = Count()
        amounts: dict[str, list[float]] = defaultdict(list)
        for each in counted:
            counts.update({(each.number, ""), (each.number, each.key)})
            amounts[each.number].append(each.amount)
        return cls(counts, amounts)


def differences(week: Week, *, every_way: bool = True) -> tuple[list[str], int]:
    """Every number and line that differs from the raw rows, for the whole and each team, practice and referrer; and
    how many numbers that were not nought were compared. Not `every_way`: only one practice and one referrer."""
    raw, found, compared = dump(), [], 0
    for partner in week.partners.values():
        for month in months(week):
            counter = Counter(raw, partner.organisation_id, month.first, clock.today())
            counted = list(counter.count())
            # Once narrowed every way is enough: the conditions are the same in every month.
            first = month == months(week)[0]
            for wanted in _slices(partner, counted, every_way=every_way) if first else [Wanted()]:
                report = queries.report(partner.lead, month, wanted)
                own = Own.of(each for each in counted if _within(each, wanted))
                about = f"{partner.team.name}, {month}, {wanted}"
                size = counter.list_size(wanted.practice) if wanted.practice else None
                found += [f"{about}: {each}" for each in (*_numbers(report, own), *_lines(report, own, size))]
                compared += sum(figure.count > 0 for figure in report.figures.values())
            if first:
                found += [f"{partner.team.name}, {month}: {each}" for each in _side_by_side(partner, month, counted)]
    return found, compared


def months(week: Week) -> list[Month]:
    """Whole months that the week and what followed touch."""
    first, last = Month.of(clock.london(week.start).date()), Month.last_whole()
    found = []
    while first.first <= last.first:
        found.append(first)
        first = first.after
    return found


def _slices(partner: Partner, counted: list[Counted], *, every_way: bool) -> Iterator[Wanted]:
    yield Wanted()
    yield Wanted(team_id=partner.team.id)
    most = None if every_way else 1
    for practice in sorted({each.where[1] for each in counted} - {""})[:most]:
        yield Wanted(practice=practice)
    for referrer in sorted({each.where[2] for each in counted} - {""})[:most]:
        yield Wanted(referrer=referrer)


def _within(each: Counted, wanted: Wanted) -> bool:
    team, practice, referrer = each.where
    return (
        (wanted.team_id is None or wanted.team_id == team)
        and (not wanted.practice or wanted.practice == practice)
        and (not wanted.referrer or wanted.referrer == referrer)
    )


def _numbers(report: Report, own: Own) -> Iterator[str]:
    """Each number of the report and each line of it, as counted and as added up."""
    for code, number in NUMBERS.items():
        keys = {"", *report.keys(code), *(key for of, key in own.counts if of == code)}
        for key in sorted(keys):
            is_, should = report.figure(code, key).count, own.counts[code, key]
            if is_ != should:
                yield f"{code} {key} is {is_} and should be {should}"
        figure, amounts = report.figure(code), own.amounts.get(code, [])
        if number.amount == "most" and (figure.most or 0) != max(amounts, default=0):
            yield f"{code}: the most is {figure.most}"
        if number.amount == "sum" and round(float(figure.total), 1) != round(sum(amounts), 1):
            yield f"{code}: the sum is {figure.total} and should be {sum(amounts)}"


def _lines(report: Report, own: Own, size: int | None) -> Iterator[str]:
    """Each line as it is printed and goes into the file, from our own figures."""
    printed: dict[str, list[str]] = defaultdict(list)
    for row in csv_rows(report):
        if not row[UNDER]:
            printed[row[LINE]].append(row[VALUE])
    for line in (line for block in BLOCKS for line in block.lines):
        words = _words(line, report.wanted, own, size)
        if words is not None and words not in printed[line.label]:
            yield f"“{line.label}” should read “{words}” and reads {printed[line.label]}"
        if words is None and not isinstance(line, Number) and printed[line.label]:
            yield f"“{line.label}” has no place here"


def _words(line: Line, wanted: Wanted, own: Own, size: int | None) -> str | None:
    """What one line should read; None where it has no place in this report."""
    if isinstance(line, Share):
        part, of = own.counts[line.part, ""], own.counts[line.of, ""]
        percent = f" ({_rounded(Decimal(100 * part) / of, '1')}%)" if of else ""
        later = f" not yet due {own.counts[line.later, '']}" if line.later else ""
        return f"{part} of {of}{percent}{later}"
    if isinstance(line, Number):
        return _number(line, own) if line.own_line and not (line.source in OF_TEAMS and wanted.about_people) else None
    counted = own.counts[line.part, ""]
    if line.per == "full_time":
        posts = sum((Decimal(str(each)) for each in own.amounts.get("full_time", [])), Decimal(0))
        value = _rounded(counted / posts, "0.1") if posts else "No link workers in post"
        return None if wanted.about_people else value
    if not wanted.practice:
        return None
    return _rounded(Decimal(1000 * counted) / size, "0.1") if size else "No list size"


def _number(line: Number, own: Own) -> str:
    amounts = own.amounts.get(line.code, [])
    if line.amount == "most":
        days = int(max(amounts, default=0))
        return f"{days} day{'' if days == 1 else 's'}" if amounts else "–"
    if line.amount == "sum":
        return str(int(sum(amounts))) if line.unit == "people" else _rounded(Decimal(str(sum(amounts))), "0.1")
    return str(own.counts[line.code, ""])


def _rounded(value: Decimal, to: str) -> str:
    return str(value.quantize(Decimal(to), ROUND_HALF_UP))


def _side_by_side(partner: Partner, month: Month, counted: list[Counted]) -> Iterator[str]:
    """The tables that compare teams, practices and referrers."""
    for place, by in enumerate(("team", "practice", "referrer")):
        own = Count((str(each.where[place] or ""), each.number) for each in counted)
        rows: dict[str, SliceRow] = {}
        number, more = 1, True
        while more:
            page = queries.compared(partner.lead, month, by, number)  # type: ignore[arg-type]
            rows |= {row.value: row for row in page}
            number, more = number + 1, page.has_next
        for value in {*rows, *(value for value, code in own if code in COMPARED)}:
            for code in COMPARED:
                is_ = rows[value].figure(code).count if value in rows else 0
                if is_ != own[value, code]:
                    yield f"by {by}, {value}: {code} is {is_} and should be {own[value, code]}"


def lists_differ(week: Week) -> list[str]:
    """Each number of the hub's first month, line by line where it has lines, whose list is not as long as it."""
    lead, month = week.place.lead, months(week)[0]
    report = queries.report(lead, month, Wanted())
    return [
        f"{code} {key}"
        for code, number in NUMBERS.items()
        for key in report.keys(code) or ("",)
        if queries.rows_behind(lead, month, number, key, Wanted(), "now", 1).total != report.figure(code, key).count
    ]


def not_kept(week: Week) -> list[str]:
    """What differs from how the hub's first month was signed off, after something was written up late for it."""
    lead, month = week.place.lead, months(week)[0]
    before = queries.report(lead, month, Wanted())
    sign_off(scope=lead, month=month)
    _write_up_late(week, month)
    after = queries.report(lead, month, Wanted())
    wrong = [f"signed {each}" for each in before.figures if before.figures[each].count != after.figure(*each).count]
    now = after.figure("talked").now
    if now is None or now.count != before.figure("talked").count + 1 or after.figure("talked").changed != 1:
        wrong.append("what was written up late is not shown beside the signed number")
    if not any(row.now for table in tables(after) for row in table.rows):
        wrong.append("no line says how it stands now")
    return wrong


def _write_up_late(week: Week, month: Month) -> None:
    (case_id, opened_at) = asked(
        "SELECT id, opened_at FROM casework_case WHERE organisation_id = %s AND state IN ('allocated', 'trying',"
        " 'active') AND opened_at < %s ORDER BY opened_at LIMIT 1",
        week.place.lead.organisation_id,
        month.ends,
    )[0]
    late = ConversationDetails("phone", "talked", opened_at, "Forgotten until now.", minutes=10)
    casework.write_up(scope=week.place.lead, case_id=case_id, submission_key=new_id(), conversation=late)
