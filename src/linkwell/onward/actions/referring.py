"""Referring onward and signposting: two clearly different things."""

from datetime import date
from uuid import UUID

from linkwell.casework.models import Case
from linkwell.core import audit, states, submissions, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.directory import queries as directory
from linkwell.directory.queries.rows import ServiceRow
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, InvalidMove, NotAllowed, NotFound
from linkwell.kernel.ids import new_id
from linkwell.messaging.actions import take_back_unsent
from linkwell.onward.actions.limits import lock_limits, outside_limits
from linkwell.onward.actions.parts import answer_by, close_links, lock_onward, write_to_group
from linkwell.onward.details import OnwardDetails, SignpostDetails
from linkwell.onward.models import OnwardReferral, Signpost
from linkwell.onward.permissions import REFER_ONWARD
from linkwell.onward.queries.known import fits_of, known_about
from linkwell.people import queries as people
from linkwell.people.actions import record_agreement
from linkwell.people.models import AgreementHow
from linkwell.tasks.actions import finish_tasks_about, open_task

LONGEST = 400
ASK_AGAIN_TASK = "signpost_ask_again"


@submissions.second_sending_finds_the_first
@action(REFER_ONWARD)
def refer_onward(
    *, scope: Scope, case_id: UUID, service_id: UUID, submission_key: UUID, details: OnwardDetails
) -> UUID:
    """Ask a group whether it has room for somebody, telling it only the words the person agreed to.

    Records the agreement, writes to the group and sets the day by which an answer is hoped for. Raises Invalid for
    words missing or too long, and for a group without an address for referrals; InvalidMove when support has ended.
    """
    if earlier := submissions.earlier(scope, submission_key):
        audit.record(scope, "sent_again", "onward_referral", earlier)
        return earlier
    case = _open_case(scope, case_id)
    service = directory.service(scope, service_id)
    _check(details, service)
    broken = fits_of(scope, known_about(scope, case.pk, case.person_id), [service])[service.id].broken
    outside = _outside(scope, case, service.id, details, broken)
    onward_id = new_id()
    agreement_id = record_agreement(
        scope=scope,
        person_id=case.person_id,
        subject="refer_onward",
        answer="agreed",
        how=details.agreed_how,
        agreed_by=details.agreed_by,
        interpreted_by=details.interpreted_by,
        note=f"To {service.name}"[:300],
        object_id=onward_id,
    )
    today = clock.today()
    row = OnwardReferral(
        id=onward_id,
        organisation_id=scope.organisation_id,
        case=case,
        person_id=case.person_id,
        service_id=service.id,
        worker_id=_user(scope),
        agreement_id=agreement_id,
        first_name=people.banner(scope, case.person_id).name.split()[0],
        need_words=details.need_words.strip(),
        access_words=details.access_words.strip(),
        may_share_phone=details.may_share_phone,
        needs=list(details.needs),
        outside_limits=" ".join(outside)[:600],
        did_not_fit=[each[:300] for each in broken],
        group_email=service.referral_email,
        sent_at=clock.now(),
        state="sent",
    )
    row.overdue_on = row.next_date = answer_by(row, today)
    line = timeline.Line(case.person_id, "onward", f"Referred onward to {service.name}")
    states.begin(scope=scope, row=row, line=line, person_id=case.person_id)
    write_to_group(scope, row, "group_asked", "asked")
    return submissions.remember(scope, submission_key, row.pk)


def _outside(
    scope: Scope, case: Case, service_id: UUID, details: OnwardDetails, broken: tuple[str, ...]
) -> tuple[str, ...]:
    """Whom the group is for and its own limits hold, unless the worker asks it for an exception."""
    lock_limits(scope, service_id)
    outside = (*broken, *outside_limits(scope, service_id, case.person_id, details.needs))
    if outside and not details.ask_first:
        raise Invalid({"ask_first": f"{' '.join(outside)} Tick to ask them for an exception first."})
    return outside


def _check(details: OnwardDetails, service: ServiceRow) -> None:
    problems = {}
    if not details.need_words.strip():
        problems["need_words"] = "Write what the group may read about why."
    for name in ("need_words", "access_words"):
        if len(getattr(details, name)) > LONGEST:
            problems[name] = f"This can be up to {LONGEST} characters."
    if details.agreed_how not in AgreementHow.values:
        problems["agreed_how"] = "Choose how the person agreed."
    if not service.referral_email:
        problems[""] = f"{service.name} has no address for referrals. You can signpost to it instead."
    elif service.status != "active":
        problems[""] = f"{service.name} is not running now."
    if problems:
        raise Invalid(problems)


@submissions.second_sending_finds_the_first
@action(REFER_ONWARD)
def signpost(*, scope: Scope, case_id: UUID, service_id: UUID, submission_key: UUID, details: SignpostDetails) -> UUID:
    """Note that somebody was pointed to a service. Nobody answers it, and it is never an onward referral."""
    if earlier := submissions.earlier(scope, submission_key):
        audit.record(scope, "sent_again", "signpost", earlier)
        return earlier
    case = _open_case(scope, case_id)
    service = directory.service(scope, service_id)
    if not details.how.strip():
        raise Invalid({"how": "Choose how you told them about it."})
    if service.status == "withdrawn":
        raise Invalid({"": f"{service.name} is no longer listed. Look for another group."})
    row = Signpost.objects.create(
        organisation_id=scope.organisation_id,
        case=case,
        person_id=case.person_id,
        service_id=service.id,
        how=details.how[:60],
        note=details.note[:300],
        given_by_id=_user(scope),
        asked_again_on=details.ask_again_on,
    )
    audit.record(scope, "added", "signpost", row.pk, person_id=case.person_id, fields=("service", "how"))
    line = timeline.Line(case.person_id, "signpost", f"Signposted to {service.name}")
    timeline.record(scope, line, object_kind="signpost", object_id=row.pk)
    if details.ask_again_on is not None:
        _leave_to_ask(scope, row, service.name, details.ask_again_on)
    return submissions.remember(scope, submission_key, row.pk)


def _leave_to_ask(scope: Scope, row: Signpost, service_name: str, day: date) -> None:
    open_task(
        scope=scope,
        team_id=row.case.team_id,
        owner_id=row.given_by_id,
        kind=ASK_AGAIN_TASK,
        title=f"Ask them how it went: {service_name}",
        about_kind="signpost",
        about_id=row.pk,
        due_on=day,
        person_id=row.person_id,
    )


@action(REFER_ONWARD)
def say_whether_they_went(*, scope: Scope, signpost_id: UUID, went: bool) -> UUID:
    """What the person said when asked again. It stays a signpost. Returns its case."""
    row = Signpost.objects.select_for_update().filter(organisation_id=scope.organisation_id, pk=signpost_id).first()
    if row is None:
        raise NotFound
    row.did_they_go = went
    row.save(update_fields=["did_they_go"])
    audit.record(scope, "changed", "signpost", row.pk, person_id=row.person_id, fields=("did_they_go",))
    finish_tasks_about(scope=scope, about_id=row.pk, kind=ASK_AGAIN_TASK)
    return row.case_id


@action(REFER_ONWARD)
def withdraw(*, scope: Scope, onward_id: UUID, expected_version: int, reason: str) -> None:
    """Take an onward referral back. The group hears only that it is no longer needed; its links are closed."""
    if not reason.strip():
        raise Invalid({"reason": "Say why, for the record. The group does not see it."})
    take_back(scope, lock_onward(scope, onward_id, expected_version=expected_version), reason.strip())


def take_back(scope: Scope, row: OnwardReferral, reason: str) -> None:
    """The one way an onward referral is taken back, whoever decides it.

    A group that was told hears one thing more, and never why; one that was not yet told hears nothing.
    """
    was_told = take_back_unsent(scope=scope, about_id=row.pk, audience="group") or row.state != "sent"
    row.next_date = None
    line = timeline.Line(row.person_id, "onward", f"Taken back: {row.service.name}")
    states.move(
        scope=scope, row=row, to="withdrawn", reason=reason, line=line, fields=("next_date",), person_id=row.person_id
    )
    close_links(row)
    if was_told:
        word = "group_not_coming" if people.has_died(scope, row.person_id) else "group_withdrawn"
        write_to_group(scope, row, word, "withdrawn")


def _open_case(scope: Scope, case_id: UUID) -> Case:
    case = states.lock(Case, case_id)
    if case.organisation_id != scope.organisation_id:
        raise NotFound
    if case.state == "closed":
        raise InvalidMove("Support has ended. Open it again first.")
    people.check_alive(scope, case.person_id)
    return case


def _user(scope: Scope) -> UUID:
    if scope.user_id is None:
        raise NotAllowed
    return scope.user_id
