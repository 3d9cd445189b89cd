"""What comes round: an e-mail in the morning to whoever asked for it, with numbers and nothing else."""

from uuid import UUID

from django.conf import settings

from linkwell.accounts.queries.digests import Reader, morning_readers
from linkwell.core import periodic
from linkwell.core.database import handed_over
from linkwell.core.scope import Scope
from linkwell.journey import queries
from linkwell.kernel import clock
from linkwell.messaging import actions as messaging


@periodic.one_by_one
def numbers_of_one(scope: Scope, user_id: UUID) -> None:
    # Tried again later, it asks anew whether they still want it.
    for reader in morning_readers(scope.organisation_id, user_id):
        numbers = _numbers(reader)
        if any(numbers.values()):
            _send(scope, reader, numbers)


@periodic.every("0 7 * * 1-5")
def morning_numbers(scope: Scope) -> None:
    """Once a day and person, however often it runs. Where there is nothing to do, nothing is sent."""
    numbers_of_one.over(scope, (reader.user_id for reader in morning_readers(scope.organisation_id)))


def _numbers(reader: Reader) -> dict[str, int]:
    """As many as their own Today page shows."""
    with handed_over(reader.scope):
        day = queries.worker_day(reader.scope)
    return {"appointments": len(day.appointments), "calls": len(day.due), "tasks": len(day.to_do.rows)}


def _send(scope: Scope, reader: Reader, numbers: dict[str, int]) -> None:
    values = {name: str(number) for name, number in numbers.items()}
    messaging.send(
        scope=scope,
        audience="staff",
        template="staff_morning",
        values={**values, "link": f"{settings.ADDRESS}/"},
        about_kind="day",
        about_id=reader.user_id,
        once_key=f"morning:{reader.user_id}:{clock.today()}",
        address=reader.email,
    )
