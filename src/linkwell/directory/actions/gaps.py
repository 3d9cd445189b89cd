"""What somebody looked for and did not find."""

from __future__ import annotations

from uuid import UUID

from linkwell.core import audit, submissions
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.directory.models import ServiceGap
from linkwell.directory.permissions import REPORT_GAP
from linkwell.kernel.errors import Invalid

LONGEST_WORDS = 300


@submissions.second_sending_finds_the_first
@action(REPORT_GAP)
def report_gap(*, scope: Scope, submission_key: UUID, words: str, place: str = "", need: str = "") -> UUID:
    """Keep what is missing near here. Holds no person: only the words, the place and the need."""
    made = submissions.earlier(scope, submission_key)
    if made is not None:
        audit.record(scope, "sent_again", "service_gap", made)
        return made
    said = " ".join(words.split())
    if not said:
        raise Invalid({"words": "Say what you were looking for."})
    if len(said) > LONGEST_WORDS:
        raise Invalid({"words": f"Use {LONGEST_WORDS} characters or fewer."})
    row = ServiceGap.objects.create(
        organisation_id=scope.organisation_id,
        words=said,
        place=" ".join(place.split())[:40],
        need=need[:40],
        told_by_user_id=scope.user_id,
    )
    audit.record(scope, "reported", "service_gap", row.pk, fields=("words", "place", "need"))
    return submissions.remember(scope, submission_key, row.pk)
