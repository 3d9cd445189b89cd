"""What the actions of this app share."""

import datetime as dt
from collections.abc import Iterator
from typing import TypeVar
from uuid import UUID

from linkwell.accounts import queries as accounts
from linkwell.core import states
from linkwell.core.held import StatefulModel
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotAllowed, NotFound

Row = TypeVar("Row", bound=StatefulModel)

MOST_WEEKS = 26
LONGEST_NOTE = 4000


def acting(scope: Scope) -> tuple[UUID, UUID]:
    """Who is acting, and their team. NotAllowed for somebody without a team."""
    team = accounts.my_team(scope)
    if scope.user_id is None or team is None:
        raise NotAllowed("Somebody who works in a team has to do this.")
    return scope.user_id, team.id


def locked(scope: Scope, model: type[Row], object_id: UUID, *, expected_version: int | None = None) -> Row:
    """The row for this transaction. NotFound for one that another organisation holds, even if we may read it."""
    row = states.lock(model, object_id, expected_version=expected_version)
    if row.organisation_id != scope.organisation_id:
        raise NotFound("We could not find that.")
    return row


def weekly(starts_at: dt.datetime, weeks: int) -> Iterator[dt.datetime]:
    """The same time by the UK clock, a week apart: 2pm stays 2pm when the clocks change. Raises Invalid."""
    if not 1 <= weeks <= MOST_WEEKS:
        raise Invalid({"weeks": f"Choose from 1 to {MOST_WEEKS} weeks."})
    if starts_at <= clock.now():
        raise Invalid({"time": "Choose a time that is still to come."})
    first = clock.london(starts_at)
    for week in range(weeks):
        yield clock.at(first.date() + dt.timedelta(weeks=week), first.time())


def text(value: str, field: str, when_empty: str, *, longest: int, required: bool = True) -> str:
    """A tidy text. Raises Invalid when it is missing or too long."""
    clean = value.replace("\x00", "").strip()
    if required and not clean:
        raise Invalid({field: when_empty})
    if len(clean) > longest:
        raise Invalid({field: f"This can be up to {longest:,} characters."})
    return clean


def count(value: int, field: str, most: int = 500) -> int:
    if not 0 <= value <= most:
        raise Invalid({field: f"Enter a number from 0 to {most}."})
    return value


def reason(value: str) -> str:
    return text(value, "reason", "Say why it is cancelled.", longest=300)
