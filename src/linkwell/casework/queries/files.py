"""The files of a case: its own, and those that came with its referrals."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from linkwell.attachments.belonging import Record
from linkwell.attachments.details import FileRow
from linkwell.attachments.queries import files_of
from linkwell.casework.models import Case, JoinedReferral
from linkwell.casework.permissions import SEE_CASES
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel.errors import NotFound
from linkwell.people import queries as people
from linkwell.referrals.models import Referral
from linkwell.referrals.queries.threads import new_from_senders


@dataclass(frozen=True, slots=True)
class CaseThread:
    """A thread with whoever referred: which referral, who, and whether they wrote something new."""

    referral_id: UUID
    reference: str
    sender: str
    is_new: bool


@query(SEE_CASES)
def record_of_case(scope: Scope, case_id: UUID) -> Record:
    """Raises NotFound for anybody else's."""
    row = Case.objects.filter(organisation_id=scope.organisation_id, pk=case_id).first()
    if row is None:
        raise NotFound
    apart = people.kept_apart(scope, row.person_id)
    return Record(row.team_id, row.person_id, apart, reverse("casework:files", args=[case_id]))


@query(SEE_CASES)
def threads_of_case(scope: Scope, case_id: UUID) -> tuple[CaseThread, ...]:
    """The referrals of a case whose sender can be written to, and whether there is something new from them."""
    rows = Referral.objects.select_related("sender_organisation").filter(
        organisation_id=scope.organisation_id, pk__in=referrals_of_case(scope, case_id)
    )
    found = [row for row in rows.order_by("received_at") if row.sender_organisation_id]
    new = new_from_senders(scope, [row.pk for row in found])
    return tuple(CaseThread(row.pk, row.reference, row.referrer_name, row.pk in new) for row in found)


@query(SEE_CASES)
def files_of_case(scope: Scope, case_id: UUID, *, restricted: bool) -> tuple[FileRow, ...]:
    """Oldest first. Whoever calls has opened the case."""
    return files_of(scope, [case_id, *referrals_of_case(scope, case_id)], restricted=restricted)


def referrals_of_case(scope: Scope, case_id: UUID) -> list[UUID]:
    """The referral it began with, where there was one, and those that joined it since. Called inside a read."""
    first = Case.objects.filter(organisation_id=scope.organisation_id, pk=case_id, referral__isnull=False)
    later = JoinedReferral.objects.filter(organisation_id=scope.organisation_id, case_id=case_id)
    return list(first.values_list("referral_id").union(later.values_list("referral_id")).values_list(flat=True))
