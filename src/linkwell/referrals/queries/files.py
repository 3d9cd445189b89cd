"""Who may see the files of a referral: the team that holds it, and the organisation that sent it."""

from uuid import UUID

from django.urls import reverse

from linkwell.accounts.queries import team as team_of
from linkwell.attachments.belonging import Record
from linkwell.core.permissions import REFERRERS
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel.errors import NotFound
from linkwell.people import queries as people
from linkwell.referrals.actions.handing import as_sender
from linkwell.referrals.models import Referral, SentReferral
from linkwell.referrals.permissions import READ_REFERRALS, REFER


def record_of_referral(scope: Scope, referral_id: UUID) -> Record:
    """Raises NotFound for a referral that was neither sent nor received by whoever asks."""
    if scope.role in REFERRERS:
        return _as_sent(scope, referral_id)
    try:
        return _as_received(scope, referral_id)
    except NotFound:
        # A link worker refers people to other teams, too.
        return _as_sent(scope, referral_id)


@query(REFER)
def _as_sent(scope: Scope, referral_id: UUID) -> Record:
    sent = SentReferral.objects.filter(organisation_id=scope.organisation_id, referral_id=referral_id).first()
    if sent is None:
        raise NotFound
    acting = as_sender(scope, team_of(sent.team_id))
    return Record(sent.team_id, None, False, reverse("referrals:mine_one", args=[referral_id]), acting)


@query(READ_REFERRALS)
def _as_received(scope: Scope, referral_id: UUID) -> Record:
    row = Referral.objects.filter(organisation_id=scope.organisation_id, pk=referral_id).first()
    if row is None:
        raise NotFound
    apart = row.person_id is not None and people.kept_apart(scope, row.person_id)
    return Record(row.team_id, row.person_id, apart, reverse("referrals:referral", args=[referral_id]))
