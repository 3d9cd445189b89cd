"""A large made-up place in a database of its own: some lives played through the actions, then copied in bulk."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.db import connections, transaction

from linkwell.accounts.models import Membership, User
from linkwell.core.permissions import Role
from linkwell.core.scope import Scope
from linkwell.demo.bulk import copy_people
from linkwell.demo.place import DemoPlace, build
from linkwell.demo.player import play_all
from linkwell.demo.story import lives
from linkwell.kernel import clock
from tests.place import Member

# A link worker who works full time supports about this many people in a year.
PEOPLE_EACH = 225
LEAST_INTERACTIONS = 200_000
# Whose work a copied row is: the copies are shared out among as many workers as there would be.
WORK = {
    "casework_case": "worker_id",
    "casework_appointment": "worker_id",
    "onward_onwardreferral": "worker_id",
    "tasks_task": "owner_id",
}
Progress = Callable[[str, int | None, int | None], None]


@dataclass(frozen=True, slots=True)
class Large:
    """What was built, counted in the database."""

    place: DemoPlace
    counts: dict[str, int]
    workers: int


def build_large(people: int, played: int, progress: Progress) -> Large:
    """At least `people` people and 200,000 conversations and tries."""
    place = build()
    play_all(place, islice(lives(played, clock.today()), played), played, progress)
    one_life = count("people_person"), count("casework_interaction")
    times = max(-(-people // one_life[0]), -(-LEAST_INTERACTIONS // one_life[1])) - 1
    copy_people(times, progress)
    workers = _share_out(place, max(3, one_life[0] * (times + 1) // PEOPLE_EACH))
    names = ("people_person", "casework_case", "casework_interaction", "referrals_referral", "core_timelineentry")
    return Large(place, {name: count(name) for name in (*names, "tasks_task", "messaging_message")}, workers)


def count(table: str) -> int:
    with connections["admin"].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def _share_out(place: DemoPlace, wanted: int) -> int:
    """Give the copies to `wanted` workers; the first keeps their name and gets an even share like everybody."""
    organisation_id, team_id = place.system.organisation_id, place.team.id
    ids = [scope.user_id for scope in place.workers]
    users = [User(email=f"worker{number}@demo.example.org", name=f"Worker {number}") for number in range(wanted - 3)]
    User.objects.bulk_create(users)
    Membership.objects.bulk_create(
        Membership(user=user, organisation_id=organisation_id, team_id=team_id, role=Role.LINK_WORKER) for user in users
    )
    ids += [user.pk for user in users]
    with transaction.atomic(using="admin"), connections["admin"].cursor() as cursor:
        for table, column in WORK.items():
            cursor.execute(
                f"UPDATE {table} SET {column} = (%(ids)s::uuid[])[1 + abs(hashtext(id::text)) %% %(many)s]"
                f" WHERE {column} IS NOT NULL",
                {"ids": ids, "many": len(ids)},
            )
    with connections["admin"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return len(ids)


def member_of(scope: Scope) -> Member:
    assert scope.user_id is not None
    membership = Membership.objects.get(user_id=scope.user_id, ended_at=None)
    return Member(scope.user_id, membership.pk, "", scope)


def some_id(statement: str, *values: object) -> UUID:
    with connections["admin"].cursor() as cursor:
        cursor.execute(statement, values)
        found: UUID = cursor.fetchone()[0]
        return found
