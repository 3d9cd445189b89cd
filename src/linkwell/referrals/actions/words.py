"""A team's own words for when it cannot take a referral."""

from uuid import UUID

from linkwell.accounts.queries import team as team_of
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel.errors import Invalid, NotFound
from linkwell.referrals.models import DeclineWords
from linkwell.referrals.permissions import SET_DECLINE_WORDS
from linkwell.referrals.reasons import WITH_WORDS, Words


@action(SET_DECLINE_WORDS)
def set_decline_words(*, scope: Scope, team_id: UUID, reason: str, words: Words) -> None:
    """What is there to be edited when this reason is chosen. Raises Invalid for empty words, NotFound elsewhere."""
    if team_of(team_id).organisation_id != scope.organisation_id or reason not in {each.code for each in WITH_WORDS}:
        raise NotFound("We could not find that.")
    missing = {name: "Write what they hear." for name in ("advice", "person") if not getattr(words, name).strip()}
    if missing:
        raise Invalid(missing)
    row, _ = DeclineWords.objects.update_or_create(
        organisation_id=scope.organisation_id,
        team_id=team_id,
        reason=reason,
        defaults={"advice": words.advice.strip(), "person_words": words.person.strip()},
    )
    audit.record(scope, "changed", "decline_words", row.pk, fields=("advice", "person_words"))


@action(SET_DECLINE_WORDS)
def forget_decline_words(*, scope: Scope, team_id: UUID, reason: str) -> None:
    """The usual words hold again."""
    rows = DeclineWords.objects.filter(organisation_id=scope.organisation_id, team_id=team_id, reason=reason)
    row = rows.first()
    if row is None:
        raise NotFound("We could not find that.")
    audit.record(scope, "forgot", "decline_words", row.pk)
    row.delete()
