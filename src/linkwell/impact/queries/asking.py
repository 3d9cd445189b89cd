"""From numbers and sources to one statement, and the values it is asked with."""
# ruff: noqa: S608 - every part of a statement is a constant of this app; what varies is a parameter.

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import connection

from linkwell.accounts.models import Team
from linkwell.accounts.rules import Rules
from linkwell.casework.queries.clocks import measured_between
from linkwell.core.scope import Scope
from linkwell.impact.months import Month
from linkwell.impact.names import FOLDED_SQL
from linkwell.impact.numbers import NUMBERS, Number
from linkwell.impact.queries.sources import CHOSEN_FROM, SOURCES
from linkwell.impact.rows import Choice, Wanted
from linkwell.kernel import clock

# The name of a practice is folded only where it is asked for: that takes longer than counting the row.
PRACTICE = FOLDED_SQL.format("b.named")
PRACTICE_SHOWN = r"regexp_replace(btrim(b.named), '\s+', ' ', 'g')"
_COLUMNS = {
    **{name: f"b.{name}" for name in ("id", "at", "person_id", "case_id", "referral_id", "team_id", "named")},
    "practice": f"{PRACTICE} AS practice",
    "practice_shown": f"{PRACTICE_SHOWN} AS practice_shown",
    **{name: f"b.{name}" for name in ("referrer", "amount", "words")},
}
SIGNED = """
SELECT number, key, row_id AS id, at, person_id, case_id, referral_id, team_id, practice AS named, practice,
  practice AS practice_shown, referrer, amount, '' AS words
FROM impact_signedrow WHERE organisation_id = %(organisation)s AND signed_id = %(signed)s
"""


def behind(codes: Collection[str] = tuple(NUMBERS), columns: Collection[str] = tuple(_COLUMNS)) -> str:
    """A SELECT of every row behind these numbers, each with its number and key. Constants of the code, nothing typed.

    A source is read once, however many numbers count its rows.
    """
    by_source: dict[str, list[Number]] = {}
    for code in codes:
        by_source.setdefault(NUMBERS[code].source, []).append(NUMBERS[code])
    return " UNION ALL ".join(_counted(source, numbers, columns) for source, numbers in by_source.items())


def _counted(source: str, numbers: list[Number], columns: Collection[str]) -> str:
    nothing = "''"
    lines = ", ".join(f"('{each.code}', {each.key or nothing}, ({each.where}))" for each in numbers)
    return (
        f"SELECT {', '.join(('n.number', 'n.key', *(_COLUMNS[name] for name in columns)))} FROM ({SOURCES[source]}) b"
        f" CROSS JOIN LATERAL (VALUES {lines}) AS n(number, key, counts) WHERE n.counts"
    )


def narrowing(wanted: Wanted) -> tuple[str, ...]:
    """The columns that rows are narrowed by."""
    asked = {"team_id": wanted.team_id, "practice": wanted.practice, "referrer": wanted.referrer}
    return tuple(column for column, value in asked.items() if value)


def narrowed(wanted: Wanted) -> str:
    """The condition that narrows rows to a team, a practice, a referrer."""
    return " AND ".join(f"{column} = %({column})s" for column in narrowing(wanted)) or "TRUE"


def values(scope: Scope, month: Month, wanted: Wanted, codes: Collection[str] = tuple(NUMBERS)) -> dict[str, Any]:
    """What a statement about these numbers is asked with. Called from inside a query or an action."""
    asked = {
        "organisation": scope.organisation_id,
        "starts": month.starts,
        "ends": month.ends,
        "upto": month.upto,
        "first_day": month.first,
        "next_first_day": month.after.first,
        "last_day": min(month.days[-1], clock.today()),
        "today": clock.today(),
        "full_week": Rules().full_time_hours,
        "team_id": wanted.team_id,
        "practice": wanted.practice,
        "referrer": wanted.referrer,
    }
    if any(NUMBERS[code].source == "clocks" for code in codes):
        asked |= _clocks(scope, month)
    return asked


def _clocks(scope: Scope, month: Month) -> dict[str, list[Any]]:
    """How each referral that came this month stands against its targets, as lists side by side."""
    measured = measured_between(scope, month.first, month.after.first)
    return {
        "clock_ids": [each.referral_id for each in measured],
        "first_try": [each.first_try.status.value for each in measured],
        "first_talk": [each.first_talk.status.value for each in measured],
    }


def team_names(scope: Scope) -> dict[UUID, str]:
    """The teams of the organisation. Called from inside a query."""
    return dict(Team.objects.filter(organisation_id=scope.organisation_id).values_list("pk", "name"))


def choices(scope: Scope, asked: dict[str, Any]) -> tuple[tuple[Choice, ...], tuple[Choice, ...], tuple[Choice, ...]]:
    """What a month can be narrowed to: teams, and the practices and referrers there is something about."""
    statement = (
        f"SELECT DISTINCT ON (1, 3) {PRACTICE}, {PRACTICE_SHOWN}, referrer FROM ({CHOSEN_FROM}) b ORDER BY 1, 3, 2"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        found = cursor.fetchall()
    practices = {practice: shown for practice, shown, _ in reversed(found) if practice}
    teams = team_names(scope)
    return (
        _sorted({str(team_id): name for team_id, name in teams.items()}),
        _sorted(practices),
        _sorted({referrer: referrer for _, _, referrer in found}),
    )


def _sorted(shown: dict[str, str]) -> tuple[Choice, ...]:
    return tuple(sorted((Choice(value, words) for value, words in shown.items()), key=lambda row: row.words.casefold()))
