"""Every write of the monthly report: signing a month off, and the sizes of practice lists."""

import datetime as dt
from uuid import UUID

from django.db import connection

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.impact.models import PracticeSize, SignedMonth
from linkwell.impact.months import Month
from linkwell.impact.names import folded
from linkwell.impact.permissions import SAY_LIST_SIZES, SIGN_MONTH
from linkwell.impact.queries.asking import behind, values
from linkwell.impact.rows import Wanted
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, NotFound

MOST_PEOPLE = 500_000
_COPY = """
INSERT INTO impact_signedrow (id, created_at, organisation_id, signed_id, number, key, row_id, at, person_id, case_id,
  referral_id, team_id, practice, referrer, amount)
SELECT gen_random_uuid(), %(signed_at)s, %(organisation)s, %(signed)s, number, key, id, at, person_id, case_id,
  referral_id, team_id, left(practice, 200), left(referrer, 200), amount
FROM ({rows}) behind
"""


@action(SIGN_MONTH)
def sign_off(*, scope: Scope, month: Month, note: str = "") -> UUID:
    """Keep a month as it stands, with the rows behind each number. Raises Invalid before it has ended, Conflict after
    somebody has signed it off."""
    if scope.user_id is None:
        raise NotFound
    if not month.has_ended:
        raise Invalid({"month": f"{month.words} has not ended yet. It can be signed off from the first of next month."})
    # Of two leads who press at once, one signs.
    row, new = SignedMonth.objects.get_or_create(
        organisation_id=scope.organisation_id,
        month=month.first,
        defaults={"signed_by_id": scope.user_id, "signed_at": clock.now(), "note": note.strip()[:300]},
    )
    if not new:
        raise Conflict(f"{month.words} is signed off already.")
    asked = values(scope, month, Wanted()) | {"signed": row.pk, "signed_at": row.signed_at}
    with connection.cursor() as cursor:
        cursor.execute(_COPY.format(rows=behind()), asked)
    audit.record(scope, "signed off", "report_month", row.pk, fields=("month",))
    return row.pk


@action(SAY_LIST_SIZES)
def say_list_size(*, scope: Scope, practice: str, people: int, counted_on: dt.date) -> UUID:
    """How many people a practice has on its list, counted on a day. Said again for the same day, it is put right."""
    wrong = {}
    # A few letters become two when they are made small.
    if not folded(practice) or max(len(practice.strip()), len(folded(practice))) > 200:
        wrong["practice"] = "Enter the name of the practice, as it is on records."
    if not 1 <= people <= MOST_PEOPLE:
        wrong["people"] = f"Enter a number of people from 1 to {MOST_PEOPLE:,}."
    if counted_on > clock.today():
        wrong["counted_on"] = "Enter the day they were counted, today or earlier."
    if wrong:
        raise Invalid(wrong)
    row, _ = PracticeSize.objects.update_or_create(
        organisation_id=scope.organisation_id,
        practice=folded(practice),
        counted_on=counted_on,
        defaults={"shown": " ".join(practice.split()), "people": people},
    )
    audit.record(scope, "said", "practice_size", row.pk, fields=("people", "counted_on"))
    return row.pk


@action(SAY_LIST_SIZES)
def remove_list_size(*, scope: Scope, size_id: UUID) -> None:
    """A size said for the wrong practice or day is taken away. Raises NotFound."""
    removed, _ = PracticeSize.objects.filter(organisation_id=scope.organisation_id, pk=size_id).delete()
    if not removed:
        raise NotFound
    audit.record(scope, "removed", "practice_size", size_id)
