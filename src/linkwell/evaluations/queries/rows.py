"""The rows that an evaluation reads: nobody's name, number, day of birth or postcode is in them.

Everything that could say who somebody is stays on this side of `_pseudonymised`.
"""

from collections.abc import Callable
from uuid import UUID

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.evaluations import bands, marks
from linkwell.evaluations.details import EvaluationRow, Found, Row, Rows, Subject
from linkwell.evaluations.models import DesignKind
from linkwell.evaluations.permissions import WORK_OUT
from linkwell.evaluations.queries import matching, months, scores
from linkwell.evaluations.queries.evaluations import of_id
from linkwell.evaluations.queries.leaving_out import kept

PEOPLE: dict[str, Callable[[Scope, EvaluationRow], Found]] = {
    DesignKind.PAIRED: scores.found,
    DesignKind.MATCH: matching.found,
}


@query(WORK_OUT)
def rows(scope: Scope, evaluation_id: UUID) -> Rows:
    """The rows, and how many people were left out of them. Raises Refused."""
    asked = of_id(scope, evaluation_id)
    if asked.comparison.design == DesignKind.ITS:
        return months.rows(scope, asked)
    subjects, data, columns = PEOPLE[asked.comparison.design](scope, asked)
    used, left = kept(scope, asked, subjects)
    return Rows(
        tuple(_pseudonymised(asked.id, used[key], row) for key, row in data if key in used),
        ("person", *columns, "age", "deprivation"),
        left,
    )


def _pseudonymised(evaluation_id: UUID, subject: Subject, row: Row) -> Row:
    return {
        "person": marks.of_person(evaluation_id, subject.key),
        **row,
        "age": bands.age(subject.born_on),
        "deprivation": bands.decile(subject.postcode),
    }
