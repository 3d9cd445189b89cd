"""From a referral to support: the person's own copy is made, and the case begins."""

from uuid import UUID

from django.db import IntegrityError, transaction

from linkwell.accounts import queries as accounts
from linkwell.casework.actions.load import note_complexity
from linkwell.casework.actions.parts import acting_user, answer_by, look_again_by, supported_by, worker_of_team
from linkwell.casework.details import ComplexityDetails
from linkwell.casework.models import Case, Plan
from linkwell.casework.permissions import ACCEPT_REFERRALS
from linkwell.core import audit, states, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, NotFound
from linkwell.people import actions as people
from linkwell.people import queries as person_queries
from linkwell.people.details import PersonDetails, SafeAnswers
from linkwell.people.models import Person, ToldBy
from linkwell.people.queries import check_alive
from linkwell.referrals import actions as referrals
from linkwell.referrals.models import Referral, ReferralKnows, ReferralSource

_TOLD_BY = {
    ReferralSource.PROFESSIONAL: ToldBy.REFERRER,
    ReferralSource.SELF: ToldBy.PERSON,
    ReferralSource.RELATIVE: ToldBy.RELATIVE,
}
SUPPORTED_ALREADY = "This team already supports this person. Add the referral to that support."


@action(ACCEPT_REFERRALS)
def accept_referral(
    *,
    scope: Scope,
    referral_id: UUID,
    expected_version: int,
    same_as_person_id: UUID | None = None,
    worker_id: UUID | None = None,
    complexity: ComplexityDetails | None = None,
) -> UUID:
    """Accept a referral: the person's record, the case, and a worker or the waiting list. Returns the case.

    `complexity` is said when a worker is chosen; on the waiting list nobody's caseload counts it yet.

    `same_as_person_id`: the lead decided that this is somebody already held here; nothing of that record is
    overwritten. Raises Conflict when somebody decided the referral first, Invalid when that person is already
    being supported by the team.
    """
    acting_user(scope)
    referral = states.lock(Referral, referral_id)
    if referral.organisation_id != scope.organisation_id:
        raise NotFound
    if referral.version != expected_version:
        raise Conflict(decided_by(referral))
    person_id = _existing(scope, same_as_person_id) if same_as_person_id else _new_person(scope, referral)
    record_what_was_told(scope, referral, person_id, known=same_as_person_id is not None)
    referrals.mark_accepted(
        scope=scope, referral_id=referral_id, expected_version=expected_version, person_id=person_id
    )
    case = _begin_case(scope, referral, person_id, worker_id)
    if worker_id is not None and complexity is not None:
        note_complexity(scope, case, complexity)
        case.save(update_fields=["weight"])
    _note_who_came_with_them(scope, referral, person_id)
    return case.pk


def _note_who_came_with_them(scope: Scope, referral: Referral, person_id: UUID) -> None:
    """Two people of one request belong together; neither page names the other until both, asked alone, have agreed."""
    if referral.named_with_id is None:
        return
    rows = Referral.objects.filter(organisation_id=scope.organisation_id, pk=referral.named_with_id)
    other_id = rows.values_list("person_id", flat=True).first()
    if other_id is not None and other_id not in person_queries.resolved_ids(scope, person_id):
        people.link_household(scope=scope, one_id=person_id, other_id=other_id, relationship="household")


def decided_by(referral: Referral) -> str:
    """In plain words who decided first, for the page of the one who came second."""
    if referral.decided_by_id is None or referral.decided_at is None:
        return ""
    name = accounts.user_names([referral.decided_by_id]).get(referral.decided_by_id, "A colleague")
    return f"{name}: {referral.moves.words[referral.state]}"


def _existing(scope: Scope, person_id: UUID) -> UUID:
    if not Person.objects.filter(organisation_id=scope.organisation_id, pk=person_id).exists():
        raise NotFound
    check_alive(scope, person_id)
    return person_id


def _new_person(scope: Scope, referral: Referral) -> UUID:
    """A copy with the least that support needs: who they are, where, and their practice."""
    return people.add_person(
        scope=scope,
        details=PersonDetails(
            given_name=referral.given_name,
            family_name=referral.family_name,
            date_of_birth=referral.date_of_birth,
            nhs_number=referral.nhs_number,
            address=referral.address,
            postcode=referral.postcode,
            gp_practice_name=_practice_name(referral),
            gp_practice_code=_practice_code(referral),
            language=referral.language,
            told_by=_TOLD_BY[ReferralSource(referral.source)],
        ),
    )


def _sending_practice(referral: Referral) -> accounts.OrganisationRow | None:
    if referral.sender_organisation_id is None:
        return None
    sender = accounts.organisation(referral.sender_organisation_id)
    return sender if sender.kind == "practice" else None


def _practice_name(referral: Referral) -> str:
    sender = _sending_practice(referral)
    return referral.gp_practice_name or (sender.name if sender else "")


def _practice_code(referral: Referral) -> str:
    """The sending practice's code, unless the referral names another practice."""
    sender = _sending_practice(referral)
    if sender is None or (referral.gp_practice_name and referral.gp_practice_name != sender.name):
        return ""
    return sender.code


def record_what_was_told(scope: Scope, referral: Referral, person_id: UUID, *, known: bool) -> None:
    """Contact details, safe contact and agreement as they were told to us: nothing here was asked alone by us."""
    told_by = _TOLD_BY[ReferralSource(referral.source)]
    name = "" if told_by is ToldBy.PERSON else referral.referrer_name
    # Anybody can fill in the public form in somebody's name. Where texts are safe to the number we know already,
    # a new one from the form must not take its place before the person has confirmed it.
    unproven = known and told_by is ToldBy.PERSON
    for kind, value in _contact_values(referral):
        people.add_contact_point(
            scope=scope,
            person_id=person_id,
            kind=kind,
            value=value,
            told_by=ToldBy.FEED if unproven else told_by,
            told_by_name="the online form" if unproven else name,
        )
    people.record_safe_contact(
        scope=scope,
        person_id=person_id,
        answers=SafeAnswers(
            asked_alone=False,
            told_by=told_by,
            phone=referral.safe_phone,
            voicemail=referral.safe_voicemail,
            text=referral.safe_text,
            email=referral.safe_email,
            letter=referral.safe_letter,
            instruction=referral.safe_notes,
        ),
    )
    if referral.interpreter:
        language = f" ({referral.language})" if referral.language else ""
        people.add_requirement(
            scope=scope, person_id=person_id, kind="interpreter", detail=f"Needs an interpreter{language}"
        )
    if referral.knows == ReferralKnows.AGREES:
        how = "online" if told_by is ToldBy.PERSON else "reported"
        people.record_agreement(scope=scope, person_id=person_id, subject="support", answer="agreed", how=how)


def _contact_values(referral: Referral) -> list[tuple[str, str]]:
    found = []
    if referral.phone:
        digits = "".join(character for character in referral.phone if character.isdigit())
        mobile = digits.startswith(("07", "447"))
        found.append(("mobile" if mobile else "landline", referral.phone))
    if referral.email:
        found.append(("email", referral.email))
    return found


def _begin_case(scope: Scope, referral: Referral, person_id: UUID, worker_id: UUID | None) -> Case:
    team, today = accounts.team(referral.team_id), clock.today()
    if supported_by(scope, team.id, person_id):
        raise Invalid({"same_as": SUPPORTED_ALREADY})
    name = worker_of_team(scope, team.id, worker_id) if worker_id else ""
    case = Case(
        organisation_id=scope.organisation_id,
        person_id=person_id,
        referral_id=referral.pk,
        team_id=team.id,
        worker_id=worker_id,
        state="allocated" if worker_id else "waiting",
        opened_at=clock.now(),
        next_date=answer_by(team, today) if worker_id else look_again_by(team, today),
        next_step="First conversation" if worker_id else "Find a link worker",
    )
    words = f"Referral accepted. Link worker: {name}." if name else "Referral accepted. On the waiting list."
    try:
        with transaction.atomic():
            states.begin(scope=scope, row=case, line=timeline.Line(person_id, "support", words), person_id=person_id)
    except IntegrityError:
        raise Invalid({"same_as": SUPPORTED_ALREADY}) from None
    plan = Plan.objects.create(organisation_id=scope.organisation_id, case=case, person_id=person_id)
    audit.record(scope, "added", "plan", plan.pk, person_id=person_id)
    return case
