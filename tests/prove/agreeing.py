"""The report of every partner and month beside a count of the raw rows: the same, number by number."""

from collections import Counter as Count
from collections.abc import Iterator

from linkwell.impact import queries
from linkwell.impact.months import Month
from linkwell.impact.numbers import NUMBERS
from linkwell.impact.rows import Report, Wanted
from linkwell.kernel import clock
from tests.prove.counting import Counted, Counter, dump
from tests.prove.week import Partner, Week


def differences(week: Week) -> tuple[list[str], int]:
    """Every number that differs from the raw rows, for the whole and each team, practice and referrer; and how many
    numbers that were not nought were compared."""
    tables, found, compared = dump(), [], 0
    for partner in week.partners.values():
        for month in _months(week):
            counted = list(Counter(tables, partner.organisation_id, month.first, clock.today()).count())
            # Once narrowed every way is enough: the conditions are the same in every month.
            every_way = month == _months(week)[0]
            for wanted in _slices(partner, counted) if every_way else [Wanted()]:
                report = queries.report(partner.lead, month, wanted)
                mine = [each for each in counted if _within(each, wanted)]
                found += list(_compare(partner, report, mine))
                compared += sum(figure.count > 0 for figure in report.figures.values())
    return found, compared


def _months(week: Week) -> list[Month]:
    """Whole months that the week and what followed touch."""
    first, last = Month.of(clock.london(week.start).date()), Month.last_whole()
    months = []
    while first.first <= last.first:
        months.append(first)
        first = first.after
    return months


def _slices(partner: Partner, counted: list[Counted]) -> Iterator[Wanted]:
    yield Wanted()
    yield Wanted(team_id=partner.team.id)
    for practice in sorted({each.where[1] for each in counted} - {""}):
        yield Wanted(practice=practice)
    for referrer in sorted({each.where[2] for each in counted} - {""}):
        yield Wanted(referrer=referrer)


def _within(each: Counted, wanted: Wanted) -> bool:
    team, practice, referrer = each.where
    return (
        (wanted.team_id is None or wanted.team_id == team)
        and (not wanted.practice or wanted.practice == practice)
        and (not wanted.referrer or wanted.referrer == referrer)
    )


def _compare(partner: Partner, report: Report, counted: list[Counted]) -> Iterator[str]:
    about = f"{partner.team.name}, {report.month}, {report.wanted}"
    numbers = Count((each.number, each.key) for each in counted if each.number in NUMBERS)
    whole = Count(each.number for each in counted if each.number in NUMBERS)
    for code in NUMBERS:
        if whole[code] != report.figure(code).count:
            yield f"{about}: {code} is {report.figure(code).count} and should be {whole[code]}"
        for key in {*report.keys(code), *(key for number, key in numbers if number == code and key)}:
            if numbers[code, key] != report.figure(code, key).count:
                yield f"{about}: {code} {key} is {report.figure(code, key).count}, should be {numbers[code, key]}"
    waits = [each.amount for each in counted if each.number == "longest_wait"]
    if (report.figure("longest_wait").most or 0) != max(waits, default=0):
        yield f"{about}: the longest wait"
    posts = sum(each.amount for each in counted if each.number == "full_time")
    if round(float(report.figure("full_time").total), 1) != round(posts, 1):
        yield f"{about}: posts"


def lists_differ(week: Week) -> list[str]:
    """Each number of the hub's first month whose list is not as long as the number."""
    lead, month = week.place.lead, _months(week)[0]
    report = queries.report(lead, month, Wanted())
    return [
        f"{code} {key}"
        for code, number in NUMBERS.items()
        for key in ("", *report.keys(code))
        if queries.rows_behind(lead, month, number, key, Wanted(), "now", 1).total != report.figure(code, key).count
    ]
