"""Writing a protocol step by step, fixing it, and letting it run."""

from dataclasses import asdict
from uuid import UUID

from django.db import connection
from django.db.models import Max

from linkwell.core import audit, states, submissions
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.evaluations.details import Question, Step
from linkwell.evaluations.models import Counted, DesignKind, Evaluation
from linkwell.evaluations.permissions import EVALUATE
from linkwell.evaluations.queries.evaluations import outcomes_of, whom
from linkwell.kernel import clock, words
from linkwell.kernel.errors import Invalid, InvalidMove

# A score is of one person at two times; what a hospital counts is compared over months or with other people.
FITTING = {
    DesignKind.PAIRED: frozenset({Counted.SCORE}),
    DesignKind.ITS: frozenset(Counted) - {Counted.SCORE},
    DesignKind.MATCH: frozenset(Counted) - {Counted.SCORE},
}
CHOSEN = (
    "Month by month is of everybody a hospital treats: people chosen because they came often come less often anyhow. "
    "Choose everybody."
)
FIXED = "It is fixed, so it cannot be written any more."


@action(EVALUATE)
@submissions.second_sending_finds_the_first
def begin(*, scope: Scope, submission_key: UUID, question: Question) -> UUID:
    """The first step of a new protocol. Raises Invalid."""
    if found := submissions.earlier(scope, submission_key):
        audit.record(scope, "sent again", "evaluation", found)
        return found
    _check(question)
    row = Evaluation(
        organisation_id=scope.organisation_id, state="draft", opened_by_id=scope.user_id, **asdict(question)
    )
    states.begin(scope=scope, row=row)
    return submissions.remember(scope, submission_key, row.pk)


@action(EVALUATE)
def write(*, scope: Scope, evaluation_id: UUID, expected_version: int, step: Step) -> None:
    """Write one step of a draft, or write it anew. Raises Invalid, Conflict, InvalidMove once it is fixed."""
    row = states.lock(Evaluation, evaluation_id, expected_version=expected_version)
    if row.state != "draft":
        raise InvalidMove(FIXED)
    if isinstance(step, Question):
        _check(step)
    given = asdict(step)
    for name, value in given.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=["version", *given])
    audit.record(scope, "changed", "evaluation", row.pk, fields=tuple(given))


@action(EVALUATE)
def fix(*, scope: Scope, evaluation_id: UUID, expected_version: int) -> None:
    """From now on it is never written again. Raises Invalid where something is left open or does not fit together."""
    row = states.lock(Evaluation, evaluation_id, expected_version=expected_version)
    _check_whole(scope, row)
    _one_at_a_time(scope)
    newest = Evaluation.objects.filter(organisation_id=scope.organisation_id).aggregate(number=Max("number"))
    row.number, row.fixed_at = (newest["number"] or 0) + 1, clock.now()
    row.opened_by_id = scope.user_id
    states.move(scope=scope, row=row, to="fixed", fields=("number", "fixed_at", "opened_by"))


@action(EVALUATE)
def run(*, scope: Scope, evaluation_id: UUID, expected_version: int) -> None:
    """Open the data. Raises Invalid while the window has not ended: that would be a look before the end."""
    row = states.lock(Evaluation, evaluation_id, expected_version=expected_version)
    if row.state == "fixed" and row.ends_on >= clock.today():
        last = words.written_date(row.ends_on)
        raise Invalid({"": f"The window ends on {last}. It can be run from the day after, and not before the end."})
    row.stage = "Waiting for its turn"
    states.move(scope=scope, row=row, to="running", fields=("stage",))


def _check(question: Question) -> None:
    wrong = {}
    if question.starts_on >= question.ends_on:
        wrong["ends_on"] = "The last day must be after the first day."
    if question.approved_on > clock.today():
        wrong["approved_on"] = "Enter the day it was approved, today or earlier."
    if wrong:
        raise Invalid(wrong)


def _check_whole(scope: Scope, row: Evaluation) -> None:
    if not (row.who and row.population and row.design and row.comparison and row.counted):
        raise Invalid({"": "Some steps are still empty. All four are fixed together."})
    if f"{row.who}:{row.which}" not in {each.value for each in whom(scope)}:
        raise Invalid({"": "The people it asks about are no longer here. Choose again whom it is about."})
    if f"{row.counted}:{row.score}" not in {each.value for each in outcomes_of(scope)}:
        raise Invalid({"": "What it counts is not kept here. Choose the outcome again."})
    if row.counted not in FITTING[DesignKind(row.design)]:
        raise Invalid({"": "This outcome cannot be compared in that way. Choose another comparison or outcome."})
    _check_design(row)


def _check_design(row: Evaluation) -> None:
    if row.design == DesignKind.ITS:
        if row.who != "all":
            raise Invalid({"": CHOSEN})
        if row.began_on is None or not row.starts_on < row.began_on < row.ends_on:
            raise Invalid({"": "Say when it began: a day within the window."})
    if row.design == DesignKind.MATCH and row.who not in ("rule", "programme"):
        raise Invalid({"": "Others like them are found for people of a programme or of a rule. Choose one of those."})


def _one_at_a_time(scope: Scope) -> None:
    """Two that are fixed at once get two numbers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"evaluation {scope.organisation_id}"])
