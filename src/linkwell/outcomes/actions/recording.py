"""Writing down what somebody answered: kept as given, scored at once, and what needs help today put before somebody."""

from uuid import UUID

from django.db import IntegrityError, transaction

from linkwell.casework.models import Case
from linkwell.core import audit, outbox, submissions, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, NotFound
from linkwell.kernel.tongue import marked
from linkwell.measures import scoring
from linkwell.measures.pack import Pack
from linkwell.outcomes.actions.crisis import call_for_help
from linkwell.outcomes.details import Answered
from linkwell.outcomes.models import How, Occasion, Response, ScoreOfResponse
from linkwell.outcomes.permissions import ASK
from linkwell.outcomes.queries import packs
from linkwell.outcomes.schedule import DUE_TASKS
from linkwell.people import queries as people
from linkwell.tasks.actions import finish_tasks_about


@submissions.second_sending_finds_the_first
@action(ASK)
def record_answers(*, scope: Scope, case_id: UUID, submission_key: UUID, given: Answered) -> UUID:
    """Keep what somebody answered and score it. The same key again returns the first and changes nothing.

    Emits "response.recorded", and "response.needs_help" when an answer cannot wait. Raises Invalid for answers that
    the questionnaire does not have, for none at all, and for a questionnaire that is not asked here; NotFound.
    """
    if first := submissions.earlier(scope, submission_key):
        audit.record(scope, "sent_again", "response", first)
        return first
    case = case_of(scope, case_id)
    people.check_alive(scope, case.person_id)
    pack = packs.pack_here(scope.organisation_id, given.pack)
    packs.check_may_ask(scope.organisation_id, pack)
    row = keep(scope, case, pack, given)
    return submissions.remember(scope, submission_key, row.pk)


@action(ASK)
def correct_answers(*, scope: Scope, response_id: UUID, given: Answered, reason: str) -> UUID:
    """Put answers right that were typed wrongly. The earlier ones are kept, with the reason, and count no more.

    Raises Conflict when somebody corrected them first, Invalid without a reason, NotFound.
    """
    earlier = Response.objects.filter(organisation_id=scope.organisation_id, pk=response_id).first()
    if earlier is None:
        raise NotFound("We could not find those answers.")
    if not reason.strip():
        raise Invalid({"reason": "Say what was wrong."})
    key = (earlier.pack, earlier.pack_version)
    pack = packs.packs_as_asked(scope.organisation_id, {key})[key]
    case = case_of(scope, earlier.case_id)
    try:
        with transaction.atomic():
            row = keep(scope, case, pack, given, corrects=earlier, reason=reason.strip())
    except IntegrityError:
        raise Conflict("Somebody has put these answers right already.") from None
    return row.pk


def case_of(scope: Scope, case_id: UUID) -> Case:
    """Raises NotFound."""
    case = Case.objects.filter(organisation_id=scope.organisation_id, pk=case_id).first()
    if case is None:
        raise NotFound
    return case


def keep(
    scope: Scope, case: Case, pack: Pack, given: Answered, *, corrects: Response | None = None, reason: str = ""
) -> Response:
    """The row, its scores and all that follows. Called inside an action."""
    _refuse_impossible(given)
    scores = scoring.score(pack, given.answers)
    row = Response(
        organisation_id=scope.organisation_id,
        case=case,
        person_id=case.person_id,
        pack=pack.name,
        pack_version=pack.version,
        occasion=given.occasion,
        how=given.how,
        answered_on=given.answered_on,
        answers={item.code: given.answers.get(item.code) for item in pack.items},
        proxy=given.proxy.strip(),
        recorded_by_id=scope.user_id,
        needs_help=scoring.needs_help_today(pack, given.answers),
        corrects=corrects,
        reason=reason,
    )
    row.save(force_insert=True)
    ScoreOfResponse.objects.bulk_create(
        ScoreOfResponse(
            organisation_id=scope.organisation_id,
            response=row,
            code=each.code,
            value=each.value,
            band=each.band,
            missing=list(each.missing),
        )
        for each in scores
    )
    _leave_behind(scope, case, pack, row)
    return row


def _refuse_impossible(given: Answered) -> None:
    if given.occasion not in Occasion.values:
        raise Invalid({"occasion": "Choose when this is."})
    if given.how not in How.values:
        raise Invalid({"how": "Choose how it was answered."})
    if given.answered_on > clock.today():
        raise Invalid({"answered_on": "The day of the answers cannot be ahead."})
    if given.how == How.PROXY and not given.proxy.strip():
        raise Invalid({"proxy": "Say who answered for them."})
    if given.how != How.PROXY and given.proxy.strip():
        raise Invalid({"how": "Choose “By somebody else for them”, or leave the name empty."})
    if all(answer is None for answer in given.answers.values()):
        raise Invalid({"": marked("Nothing is answered yet. Answer at least one question.")})


def _leave_behind(scope: Scope, case: Case, pack: Pack, row: Response) -> None:
    """Audit, timeline, outbox; what was due is done; and an answer that cannot wait is put before somebody now."""
    verb = "corrected" if row.corrects_id else "recorded"
    audit.record(scope, verb, "response", row.pk, person_id=case.person_id, fields=("answers", "scores"))
    said = "Answers put right" if row.corrects_id else "Answered"
    words = f"{said}: {pack.title} ({Occasion(row.occasion).label.lower()})"
    timeline.record(scope, timeline.Line(case.person_id, "answers", words), object_kind="response", object_id=row.pk)
    outbox.emit(scope, "response.recorded", object_id=row.pk)
    finish_tasks_about(scope=scope, about_id=case.pk, kind=DUE_TASKS[Occasion(row.occasion)])
    if row.needs_help:
        call_for_help(scope, case, row)
