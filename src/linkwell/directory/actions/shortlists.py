"""Services put aside while looking."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.directory.models import Service, Shortlisted
from linkwell.directory.permissions import FIND_SERVICES
from linkwell.kernel.errors import Invalid, NotAllowed, NotFound

MOST = 20


@action(FIND_SERVICES)
def put_aside(*, scope: Scope, service_id: UUID) -> None:
    """Keep a service on the user's own shortlist. Keeping it twice is keeping it once."""
    _must_be_ours(scope, service_id)
    mine = _mine(scope)
    if mine.count() >= MOST and not mine.filter(service_id=service_id).exists():
        raise Invalid({"": f"A shortlist holds {MOST} groups. Take one off first."})
    row, _ = Shortlisted.objects.get_or_create(
        organisation_id=scope.organisation_id, user_id=scope.user_id, case_id=None, service_id=service_id
    )
    audit.record(scope, "put_aside", "shortlisted", row.pk)


@action(FIND_SERVICES)
def take_off(*, scope: Scope, service_id: UUID | None) -> None:
    """Take a service off the user's shortlist; None takes off all. Taking off what is not on it is no error."""
    mine = _mine(scope)
    if service_id is not None:
        _must_be_ours(scope, service_id)
        mine = mine.filter(Q(service_id=service_id) | Q(service__listed_as_id=service_id))
    mine.delete()
    audit.record(scope, "taken_off", "shortlisted", service_id or scope.organisation_id)


def _must_be_ours(scope: Scope, service_id: UUID) -> None:
    if not Service.objects.filter(organisation_id=scope.organisation_id, pk=service_id).exists():
        raise NotFound()


def _mine(scope: Scope) -> QuerySet[Shortlisted]:
    if scope.user_id is None:
        raise NotAllowed()
    return Shortlisted.objects.filter(organisation_id=scope.organisation_id, user_id=scope.user_id)
