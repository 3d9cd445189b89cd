"""When a team will read what it is sent, by its own working days and hours."""

from datetime import datetime

from linkwell.accounts.queries import TeamRow
from linkwell.kernel import clock
from linkwell.kernel.working_days import Nation, OpeningHours, add_working_days, add_working_hours


def read_by(team: TeamRow, now: datetime) -> datetime:
    """The moment (UTC) by which the team will have read something sent now: closing time, N working days on."""
    day = add_working_days(clock.london(now).date(), team.triage_working_days, Nation(team.nation))
    return clock.at(day, team.closes_at)


def answer_by(team: TeamRow, now: datetime) -> datetime:
    """The moment (UTC) by which a question of the team should have been answered."""
    day = add_working_days(clock.london(now).date(), team.answer_working_days, Nation(team.nation))
    return clock.at(day, team.closes_at)


def danger_by(team: TeamRow, now: datetime) -> datetime:
    """The moment (UTC) by which somebody must have looked at words that suggest danger."""
    hours = OpeningHours(team.opens_at, team.closes_at)
    return add_working_hours(now, team.danger_working_hours, Nation(team.nation), hours)
