"""What somebody looked for and did not find."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from uuid import UUID

from linkwell.core import audit, submissions
from linkwell.core.actions import action
from linkwell.core.permissions import Role
from linkwell.core.scope import Scope
from linkwell.directory.models import GapSource, ServiceGap
from linkwell.directory.permissions import FIND_SERVICES, REPORT_GAP
from linkwell.kernel import clock, postcode
from linkwell.kernel.errors import Invalid

LONGEST_WORDS = 300
_DISTRICT = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")


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
        district=district_in(place),
        told_by_user_id=scope.user_id,
    )
    audit.record(scope, "reported", "service_gap", row.pk, fields=("words", "place", "need"))
    return submissions.remember(scope, submission_key, row.pk)


@action(FIND_SERVICES)
def note_nothing_found(*, scope: Scope, needs: Collection[str], kinds: Collection[str], place: str) -> None:
    """Count a search that found nothing good: the kind of need and the postcode district, never what was typed.

    The same search by the same person on the same day counts once.
    """
    need, kind, district = min(needs, default=""), min(kinds, default=""), district_in(place)
    once = f"{scope.organisation_id} {scope.user_id or 'public'} {clock.today()} {need} {kind} {district}"
    row, new = ServiceGap.objects.get_or_create(
        once=hashlib.sha256(once.encode()).hexdigest(),
        defaults={
            "organisation_id": scope.organisation_id,
            "source": GapSource.PUBLIC if scope.role is Role.PUBLIC else GapSource.SEARCH,
            "need": need,
            "kind": kind,
            "district": district,
        },
    )
    audit.record(scope, "counted" if new else "counted_before", "service_gap", row.pk)


def district_in(place: str) -> str:
    """The postcode district of a place that was typed as a postcode or a part of one; "" of any other."""
    try:
        return postcode.parse(place).outward
    except Invalid:
        outward = "".join(place.split()).upper()
        return outward if _DISTRICT.fullmatch(outward) else ""
