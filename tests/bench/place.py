"""A large made-up place in a database of its own: some lives played through the actions, then copied in bulk."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connections, transaction

from linkwell.accounts.models import Membership, Team, User
from linkwell.casework.models import Interaction
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
INTERACTIONS_EACH = 4
TEAM_SIZE = 10
# Whose work a copied row is, and of which team: the copies are shared out among as many workers as there would be.
WORK = {
    "casework_case": ("worker_id", "team_id"),
    "casework_appointment": ("worker_id",),
    "onward_onwardreferral": ("worker_id",),
    "tasks_task": ("owner_id", "team_id"),
}
Progress = Callable[[str, int | None, int | None], None]


@dataclass(frozen=True, slots=True)
class Large:
    """What was built, counted in the database."""

    place: DemoPlace
    counts: dict[str, int]
    workers: int


def build_large(people: int, played: int, progress: Progress) -> Large:
    """At least `people` people and four times as many conversations and tries."""
    place = build()
    play_all(place, islice(lives(played, clock.today()), played), played, progress)
    one_life = count("people_person"), count("casework_interaction")
    times = -(-people // one_life[0]) - 1
    copy_people(times, progress)
    _more_conversations(people * INTERACTIONS_EACH - one_life[1] * (times + 1))
    workers = _share_out(place, max(3, one_life[0] * (times + 1) // PEOPLE_EACH))
    names = ("people_person", "casework_case", "casework_interaction", "referrals_referral", "core_timelineentry")
    return Large(place, {name: count(name) for name in (*names, "tasks_task", "messaging_message")}, workers)


def _more_conversations(wanted: int) -> None:
    """`wanted` more conversations in the support there is, each as one that was had, some weeks before it."""
    fields = [field.column for field in Interaction._meta.concrete_fields]
    changed = {
        "id": "gen_random_uuid()",
        "appointment_id": "NULL",
        "happened_at": "happened_at - week * interval '7 days'",
    }
    values = ", ".join(changed.get(column, column) for column in fields)
    had = "casework_interaction, generate_series(1, 10) week WHERE outcome IN ('talked', 'tried')"
    with connections["admin"].cursor() as cursor:
        statement = f"INSERT INTO casework_interaction ({', '.join(fields)}) SELECT {values} FROM {had} LIMIT %s"
        cursor.execute(statement, [max(0, wanted)])


def count(table: str) -> int:
    with connections["admin"].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def _share_out(place: DemoPlace, wanted: int) -> int:
    """Share the copies out among `wanted` workers in teams of ten; the first team is the one that was played in."""
    organisation_id = place.system.organisation_id
    teams = [place.team.id, *_more_teams(organisation_id, max(0, wanted // TEAM_SIZE - 1))]
    workers = [scope.user_id for scope in place.workers]
    more = [User(email=f"worker{number}@demo.example.org", name=f"Worker {number}") for number in range(wanted - 3)]
    User.objects.bulk_create(more)
    workers += [user.pk for user in more]
    Membership.objects.bulk_create(
        Membership(user=user, organisation_id=organisation_id, team_id=_of(teams, place_of), role=Role.LINK_WORKER)
        for place_of, user in enumerate(more, start=3)
    )
    in_teams = [_of(teams, number) for number in range(len(workers))]
    given: dict[str, Any] = {"workers": workers, "teams": in_teams, "all_teams": teams}
    with transaction.atomic(using="admin"), connections["admin"].cursor() as cursor:
        # One number for each person, so that all that is theirs stays with one worker and one team.
        mine = "1 + abs(hashtext({0}::text)) %% cardinality(%(workers)s::uuid[])"
        one = f"(%(workers)s::uuid[])[{mine}]"
        team = f"(%(teams)s::uuid[])[{mine}]"
        for table in WORK:
            sets = [f"{column} = {values}" for column, values in zip(WORK[table], (one, team), strict=False)]
            statement = f"UPDATE {table} SET {', '.join(sets)} WHERE {WORK[table][0]} IS NOT NULL"
            cursor.execute(statement.format("coalesce(person_id, id)"), given)
        for table in ("casework_case", "referrals_referral"):
            owner = "worker_id" if table == "casework_case" else "person_id"
            spread = "(%(all_teams)s::uuid[])[1 + abs(hashtext(id::text)) %% cardinality(%(all_teams)s::uuid[])]"
            cursor.execute(f"UPDATE {table} SET team_id = {spread} WHERE {owner} IS NULL", given)
    with connections["admin"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return len(workers)


def _of(teams: list[UUID], number: int) -> UUID:
    return teams[number // TEAM_SIZE % len(teams)]


def _more_teams(organisation_id: UUID, wanted: int) -> list[UUID]:
    teams = [
        Team(organisation_id=organisation_id, name=f"Team {number}", slug=f"team-{number}") for number in range(wanted)
    ]
    Team.objects.bulk_create(teams)
    return [team.pk for team in teams]


def member_of(scope: Scope) -> Member:
    assert scope.user_id is not None
    membership = Membership.objects.get(user_id=scope.user_id, ended_at=None)
    return Member(scope.user_id, membership.pk, "", scope)


def some_id(statement: str, *values: Any) -> UUID:
    with connections["admin"].cursor() as cursor:
        cursor.execute(statement, values)
        found: UUID = cursor.fetchone()[0]
        return found
