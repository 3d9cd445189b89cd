"""Taking in a list of who opted out nationally. The numbers themselves are never kept."""

import datetime as dt
from uuid import UUID

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.evaluations import marks
from linkwell.evaluations.models import OptOutList
from linkwell.evaluations.permissions import LOAD_OPT_OUTS
from linkwell.kernel import clock, nhs_number
from linkwell.kernel.errors import Invalid

MOST_PEOPLE = 2_000_000


@action(LOAD_OPT_OUTS)
def load_opt_outs(*, scope: Scope, text: str, as_at: dt.date) -> UUID:
    """Take a file with one NHS number a line; the first of several columns counts. A list is whole, never added to.

    Raises Invalid with the line of the first that is no NHS number, and then nothing is taken.
    """
    if as_at > clock.today():
        raise Invalid({"as_at": "Enter the day of the list, today or earlier."})
    found = {marks.of_number(number) for number in _numbers(text)}
    row = OptOutList.objects.create(
        organisation_id=scope.organisation_id,
        as_at=as_at,
        people=len(found),
        marks=b"".join(sorted(found)),
        key_mark=marks.of_key(),
        loaded_by_id=scope.user_id,
    )
    audit.record(scope, "loaded", "opt_out_list", row.pk, fields=("as_at", "people"))
    return row.pk


def _numbers(text: str) -> list[str]:
    lines = text.removeprefix("\ufeff").splitlines()
    if len(lines) > MOST_PEOPLE:
        raise Invalid({"file": f"The file has more than {MOST_PEOPLE:,} lines."})
    found = []
    for place, line in enumerate(lines, start=1):
        cell = line.split(",")[0].strip().strip('"')
        if not cell or (place == 1 and not any(letter.isdigit() for letter in cell)):
            continue
        try:
            found.append(nhs_number.parse(cell).digits)
        except Invalid:
            raise Invalid({"file": f"Line {place} does not begin with an NHS number. Nothing was taken."}) from None
    return found
