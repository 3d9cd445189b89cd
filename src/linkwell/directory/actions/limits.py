"""The limits a group sets on referrals to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.directory.actions.room import locked
from linkwell.directory.models import Limits
from linkwell.directory.permissions import KEEP_LISTING
from linkwell.kernel import clock
from linkwell.kernel.codes import NEEDS
from linkwell.kernel.errors import Invalid

MOST_A_WEEK = 200
OLDEST = 120
_NEEDS = {each.code for each in NEEDS}


@dataclass(frozen=True, slots=True)
class LimitsSaid:
    """What a group says it can take. None and empty mean no limit."""

    a_week: int | None = None
    needs: Sequence[str] = ()
    minimum_age: int | None = None
    maximum_age: int | None = None
    areas: Sequence[str] = ()
    words: str = ""


@action(KEEP_LISTING)
def set_limits(*, scope: Scope, service_id: UUID, said: LimitsSaid, set_by: str) -> None:
    """Keep a group's limits. They count from the next referral on. Raises Invalid."""
    areas = list(dict.fromkeys(" ".join(each.upper().split()) for each in said.areas if each.strip()))
    _check(said, areas)
    row = locked(scope, service_id)
    Limits.objects.update_or_create(
        organisation_id=row.organisation_id,
        service=row,
        defaults={
            "a_week": said.a_week,
            "needs": sorted(set(said.needs)),
            "minimum_age": said.minimum_age,
            "maximum_age": said.maximum_age,
            "areas": areas,
            "words": said.words.strip(),
            "set_at": clock.now(),
            "set_by": set_by[:120],
        },
    )
    audit.record(scope, "set_limits", "service", row.pk, fields=("a_week", "needs", "ages", "areas"))


def _check(said: LimitsSaid, areas: Sequence[str]) -> None:
    problems = {}
    if said.a_week is not None and not 0 <= said.a_week <= MOST_A_WEEK:
        problems["a_week"] = f"Enter a number from 0 to {MOST_A_WEEK}."
    if set(said.needs) - _NEEDS:
        problems["needs"] = "Choose from the list."
    ages = [each for each in (said.minimum_age, said.maximum_age) if each is not None]
    if any(not 0 <= each <= OLDEST for each in ages) or ages != sorted(ages):
        problems["maximum_age"] = f"Enter ages from 0 to {OLDEST}, the younger first."
    if any(len(each) > 8 or not each.replace(" ", "").isalnum() for each in areas) or len(areas) > 100:
        problems["areas"] = "Enter the first part of postcodes, like ZW1 or ZW2 3, one to a line."
    if len(said.words) > 300:
        problems["words"] = "Use 300 characters or fewer."
    if problems:
        raise Invalid(problems)
