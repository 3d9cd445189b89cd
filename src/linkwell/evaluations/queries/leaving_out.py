"""Who is left out of an evaluation: whoever objected, has not agreed where that is asked, or opted out nationally."""

import datetime as dt
from collections.abc import Mapping

from linkwell.core.scope import Scope
from linkwell.evaluation.refusal import Refused
from linkwell.evaluations import marks
from linkwell.evaluations.details import EvaluationRow, Left, Subject
from linkwell.evaluations.models import Basis
from linkwell.evaluations.queries.opt_outs import newest
from linkwell.kernel import clock

# A list is matched afresh every few weeks; an older one says nothing of who opted out since.
OLDEST_LIST = dt.timedelta(days=42)


def kept(scope: Scope, asked: EvaluationRow, subjects: Mapping[str, Subject]) -> tuple[dict[str, Subject], Left]:
    """Everybody else, and how many were left out. Raises Refused where a list of opt-outs is needed and not there."""
    willing = {key: each for key, each in subjects.items() if not each.objected}
    agreed = {key: each for key, each in willing.items() if asked.question.basis != Basis.AGREED or each.agreed}
    opted_out, as_at = _opted_out(scope, asked, agreed)
    left = Left(
        people=len(subjects),
        objected=len(subjects) - len(willing),
        not_agreed=len(willing) - len(agreed),
        opted_out=None if as_at is None else len(opted_out),
        list_as_at=as_at,
    )
    return {key: each for key, each in agreed.items() if key not in opted_out}, left


def _opted_out(
    scope: Scope, asked: EvaluationRow, subjects: Mapping[str, Subject]
) -> tuple[frozenset[str], dt.date | None]:
    row = newest(scope)
    if asked.question.basis == Basis.APPROVED and (row is None or row.as_at < clock.today() - OLDEST_LIST):
        raise Refused(
            "Records used without agreement need a list of national opt-outs that is at most six weeks old. "
            "An administrator loads it."
        )
    if row is None:
        return frozenset(), None
    if bytes(row.key_mark) != marks.of_key():
        raise Refused("The list of national opt-outs was made with another key. An administrator loads it again.")
    packed = bytes(row.marks)
    listed = {packed[at : at + marks.LENGTH] for at in range(0, len(packed), marks.LENGTH)}
    out = (key for key, each in subjects.items() if each.nhs_number and marks.of_number(each.nhs_number) in listed)
    return frozenset(out), row.as_at
