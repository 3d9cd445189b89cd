"""What a team says when it cannot take a referral."""

from uuid import UUID

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.referrals.models import DeclineWords
from linkwell.referrals.permissions import READ_REFERRALS
from linkwell.referrals.reasons import BY_CODE, REASONS, Words, usual_words


@query(READ_REFERRALS)
def decline_words(scope: Scope, team_id: UUID) -> dict[str, Words]:
    """For each reason, what whoever referred reads and what the person hears: the team's own words, or the usual."""
    rows = DeclineWords.objects.filter(organisation_id=scope.organisation_id, team_id=team_id)
    own = {row.reason: Words(row.advice, row.person_words) for row in rows}
    return {each.code: own.get(each.words_of or each.code, usual_words(each.code)) for each in REASONS}


@query(READ_REFERRALS)
def words_for(scope: Scope, team_id: UUID, reason: str) -> Words:
    """The words for one reason, to be edited before they are sent."""
    asked = BY_CODE[reason].words_of or reason
    row = DeclineWords.objects.filter(organisation_id=scope.organisation_id, team_id=team_id, reason=asked).first()
    return Words(row.advice, row.person_words) if row else usual_words(reason)
