"""From numbers and sources to one statement, and the values it is asked with."""
# ruff: noqa: S608 - every part of a statement is a constant of this app; what varies is a parameter.

import datetime as dt
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection

from linkwell.accounts.models import Team
from linkwell.accounts.queries.rules import target_book
from linkwell.accounts.rules import Rules
from linkwell.core.scope import Scope
from linkwell.impact.months import Month
from linkwell.impact.numbers import NUMBERS, Number
from linkwell.impact.queries.sources import CAME, NO_SENDER, SOURCES
from linkwell.impact.rows import Choice, Wanted
from linkwell.kernel import clock
from linkwell.kernel.working_days import Nation, add_working_days

COLUMNS = "id, at, person_id, case_id, referral_id, team_id, practice, practice_shown, referrer, amount, words"

# Whoever the report says anything about is in one of these.
CHOSEN_FROM = ("received", "accepted", "open", "closed")
SIGNED = """
SELECT number, key, row_id AS id, at, person_id, case_id, referral_id, team_id, practice, practice AS practice_shown,
  referrer, amount, '' AS words
FROM impact_signedrow WHERE organisation_id = %(organisation)s AND signed_id = %(signed)s
"""


def behind(codes: tuple[str, ...] = tuple(NUMBERS)) -> str:
    """A SELECT of every row behind these numbers, each with its number and key. Constants of the code, nothing typed.

    A source is read once, however many numbers count its rows.
    """
    by_source: dict[str, list[Number]] = {}
    for code in codes:
        by_source.setdefault(NUMBERS[code].source, []).append(NUMBERS[code])
    return " UNION ALL ".join(_counted(source, numbers) for source, numbers in by_source.items())


def _counted(source: str, numbers: list[Number]) -> str:
    nothing = "''"
    lines = ", ".join(f"('{each.code}', {each.key or nothing}, ({each.where}))" for each in numbers)
    return (
        f"SELECT n.number, n.key, {', '.join(f'b.{name}' for name in COLUMNS.split(', '))} FROM ({SOURCES[source]}) b"
        f" CROSS JOIN LATERAL (VALUES {lines}) AS n(number, key, counts) WHERE n.counts"
    )


def narrowed(wanted: Wanted) -> str:
    """The condition that narrows rows to a team, a practice, a referrer."""
    parts = [
        part
        for part, asked in (
            ("team_id = %(team)s", wanted.team_id),
            ("practice = %(practice)s", wanted.practice),
            ("referrer = %(referrer)s", wanted.referrer),
        )
        if asked
    ]
    return " AND ".join(parts) or "TRUE"


def values(scope: Scope, month: Month, wanted: Wanted) -> dict[str, Any]:
    """What the statement is asked with. Called from inside a query or an action."""
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
        "team": wanted.team_id,
        "practice": wanted.practice,
        "referrer": wanted.referrer,
    }
    return asked | _deadlines(asked)


def _deadlines(month_values: dict[str, Any]) -> dict[str, list[Any]]:
    """For each team, sender and day of the month: by when those who came should have been tried and talked with."""
    with connection.cursor() as cursor:
        cursor.execute(CAME, month_values)
        came = cursor.fetchall()
    teams = {team_id for team_id, _, _ in came}
    book = target_book(teams)
    nations = dict(Team.objects.filter(pk__in=teams).values_list("pk", "organisation__nation"))
    found: dict[str, list[Any]] = {name: [] for name in ("due_teams", "due_senders", "due_days", "due_try", "due_talk")}
    for team_id, sender_id, day in came:
        targets, nation = book.of(team_id, sender_id), Nation(nations[team_id])
        found["due_teams"].append(team_id)
        found["due_senders"].append(sender_id or UUID(NO_SENDER))
        found["due_days"].append(day)
        found["due_try"].append(_later(day, targets.first_try, nation))
        found["due_talk"].append(_later(day, targets.first_talk, nation))
    return found


@cache
def _later(day: dt.date, working_days: int, nation: Nation) -> dt.date:
    return add_working_days(day, working_days, nation)


def team_names(scope: Scope) -> dict[UUID, str]:
    """The teams of the organisation. Called from inside a query."""
    return dict(Team.objects.filter(organisation_id=scope.organisation_id).values_list("pk", "name"))


def choices(scope: Scope, asked: dict[str, Any]) -> tuple[tuple[Choice, ...], tuple[Choice, ...], tuple[Choice, ...]]:
    """What a month can be narrowed to: teams, and the practices and referrers there is something about."""
    rows = behind(CHOSEN_FROM)
    statement = f"SELECT DISTINCT ON (practice, referrer) practice, practice_shown, referrer FROM ({rows}) b"
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        found = cursor.fetchall()
    practices = {practice: shown for practice, shown, _ in found if practice}
    teams = team_names(scope)
    return (
        _sorted({str(team_id): name for team_id, name in teams.items()}),
        _sorted(practices),
        _sorted({referrer: referrer for _, _, referrer in found}),
    )


def _sorted(shown: dict[str, str]) -> tuple[Choice, ...]:
    return tuple(sorted((Choice(value, words) for value, words in shown.items()), key=lambda row: row.words.casefold()))
