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
def put_aside(*, scope: Scope, service_id: UUID, case_id: UUID | None = None) -> None:
    """Keep a service on the user's own shortlist, or on that of one person's support, which all who give it share.

    Whoever calls has made sure of the support. Keeping a service twice is keeping it once.
    """
    _must_be_ours(scope, service_id)
    listed = _listed(scope, case_id)
    if listed.filter(service_id=service_id).exists():
        audit.record(scope, "found", "service", service_id)
        return
    if listed.count() >= MOST:
        raise Invalid({"": f"A shortlist holds {MOST} groups. Take one off first."})
    row = Shortlisted.objects.create(
        organisation_id=scope.organisation_id, user_id=_user(scope), case_id=case_id, service_id=service_id
    )
    audit.record(scope, "put_aside", "shortlisted", row.pk)


@action(FIND_SERVICES)
def take_off(*, scope: Scope, service_id: UUID | None, case_id: UUID | None = None) -> None:
    """Take a service off the shortlist; None takes off all. Taking off what is not on it is no error."""
    listed = _listed(scope, case_id)
    if service_id is not None:
        _must_be_ours(scope, service_id)
        listed = listed.filter(Q(service_id=service_id) | Q(service__listed_as_id=service_id))
    listed.delete()
    audit.record(scope, "taken_off", "shortlisted", service_id or scope.organisation_id)


def _must_be_ours(scope: Scope, service_id: UUID) -> None:
    if not Service.objects.filter(organisation_id=scope.organisation_id, pk=service_id).exists():
        raise NotFound()


def _user(scope: Scope) -> UUID:
    if scope.user_id is None:
        raise NotAllowed()
    return scope.user_id


def _listed(scope: Scope, case_id: UUID | None) -> QuerySet[Shortlisted]:
    rows = Shortlisted.objects.filter(organisation_id=scope.organisation_id, case_id=case_id)
    return rows if case_id is not None else rows.filter(user_id=_user(scope))
