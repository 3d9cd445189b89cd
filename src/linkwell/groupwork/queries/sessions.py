"""Sessions, and who is on the register of one."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from linkwell.core import audit
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.groupwork.models import SessionPlace, WorkerSession
from linkwell.groupwork.permissions import RUN_GROUPS
from linkwell.groupwork.queries.planned import planned_or_past
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound
from linkwell.kernel.pages import Page
from linkwell.people.names import like_it
from linkwell.people.queries import kept_apart_ids


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Somebody on the register. `came` is None until the session is written up."""

    id: UUID
    person_id: UUID
    name: str
    came: bool | None


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session. `expected` and `came` count the register; `walk_ins` came without a record here."""

    id: UUID
    topic: str
    place: str
    starts_at: dt.datetime
    minutes: int
    worker_name: str
    state: str
    state_words: str
    in_series: bool
    expected: int
    came: int
    walk_ins: int
    note: str
    cancelled_why: str
    version: int
    register: tuple[PlaceRow, ...] = ()


@query(RUN_GROUPS)
def sessions(scope: Scope, page: int = 1, *, past: bool = False) -> Page[SessionRow]:
    """Sessions still to be written up, the soonest first; with `past` those that took place or were cancelled."""
    return planned_or_past(_sessions(scope), _row, page, past=past)


@query(RUN_GROUPS, opening=True)
def session(scope: Scope, session_id: UUID) -> SessionRow:
    """One session with its register. Each record on it is noted as opened. Raises NotFound."""
    found = _sessions(scope).filter(pk=session_id).first()
    if found is None:
        raise NotFound
    apart = kept_apart_ids(scope)
    places = SessionPlace.objects.select_related("person").filter(
        organisation_id=scope.organisation_id, session_id=session_id, ended_at=None
    )
    register = tuple(
        sorted((_place(each) for each in places if each.person_id not in apart), key=lambda row: row.name.casefold())
    )
    audit.record_opening(scope, "worker_session", session_id)
    return _row(found, register)


def _sessions(scope: Scope) -> QuerySet[WorkerSession]:
    standing = Q(register__ended_at=None, register__isnull=False)
    return (
        WorkerSession.objects.filter(organisation_id=scope.organisation_id)
        .select_related("worker")
        .annotate(
            expected=Count("register", filter=standing), came=Count("register", filter=Q(standing, register__came=True))
        )
    )


def _place(row: SessionPlace) -> PlaceRow:
    person = row.person
    name = like_it(person.preferred_name, person.given_name, person.family_name)
    return PlaceRow(row.pk, row.person_id, name, row.came)


def _row(row: WorkerSession, register: tuple[PlaceRow, ...] = ()) -> SessionRow:
    counted: dict[str, int] = row.__dict__
    return SessionRow(
        id=row.pk,
        topic=row.topic,
        place=row.place,
        starts_at=row.starts_at,
        minutes=row.minutes,
        worker_name=row.worker.name,
        state=row.state,
        state_words="to be written up" if _gone(row.state, row.starts_at) else row.moves.words[row.state],
        in_series=row.series_id is not None,
        expected=counted["expected"],
        came=counted["came"],
        walk_ins=row.walk_ins,
        note=row.note,
        cancelled_why=row.cancelled_why,
        version=row.version,
        register=register,
    )


def _gone(state: str, starts_at: dt.datetime) -> bool:
    return state == "planned" and starts_at <= clock.now()
