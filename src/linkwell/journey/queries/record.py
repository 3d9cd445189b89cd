"""A copy of the ordinary record for the person it is about.

Never in it: safeguarding concerns, what others told us, how to get into the home, why a way of contact is not safe,
why a record is restricted, and the details of people around them. Where somebody restricted lives is not in it
either: a copy may be read by whoever they live with. What a worker and their lead decided is in it; what the two said
to each other, and notes of supervision, are not.
"""

from dataclasses import dataclass
from uuid import UUID

from linkwell.accounts.queries import OrganisationRow, organisation
from linkwell.casework import queries as casework
from linkwell.casework.rows import AppointmentRow, CaseRow, InteractionRow, PlanRow
from linkwell.core import audit
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.journey.permissions import COPY_RECORD
from linkwell.journey.queries.person import cases_of, plan_of
from linkwell.onward import queries as onward
from linkwell.onward.details import OnwardRow, SignpostRow
from linkwell.outcomes import queries as outcomes
from linkwell.outcomes.details import MilestoneRow, ResponseRow, StoryRow
from linkwell.people import queries as people
from linkwell.people.details import (
    AboutMeRow,
    AgreementRow,
    Banner,
    ContactCard,
    RequirementRow,
    RiskRow,
    SafeAnswers,
)
from linkwell.referrals import queries as referrals
from linkwell.referrals.rows import ReferralRow
from linkwell.workforce import queries as workforce
from linkwell.workforce.rows import DecisionRow


@dataclass(frozen=True, slots=True)
class Support:
    """One time of support with everything that belongs to it."""

    case: CaseRow
    referral: ReferralRow | None
    plan: PlanRow | None
    conversations: tuple[InteractionRow, ...]
    appointments: tuple[AppointmentRow, ...]
    onward: tuple[OnwardRow, ...]
    signposts: tuple[SignpostRow, ...]
    decisions: tuple[DecisionRow, ...]


@dataclass(frozen=True, slots=True)
class RecordCopy:
    """The record over all records that are this person."""

    held_by: OrganisationRow
    banner: Banner
    card: ContactCard
    safe: SafeAnswers
    about: AboutMeRow
    requirements: tuple[RequirementRow, ...]
    agreements: tuple[AgreementRow, ...]
    risks: tuple[RiskRow, ...]
    support: tuple[Support, ...]
    answers: tuple[ResponseRow, ...]
    milestones: tuple[MilestoneRow, ...]
    stories: tuple[StoryRow, ...]


@query(COPY_RECORD, opening=True)
def record_copy(scope: Scope, person_id: UUID) -> RecordCopy:
    """Making a copy is an opening of its own. Raises NotFound."""
    banner = people.banner(scope, person_id)
    audit.record_opening(scope, "record_copy", person_id, person_id=person_id)
    return RecordCopy(
        held_by=organisation(scope.organisation_id),
        banner=banner,
        card=people.contact_card(scope, person_id),
        safe=people.safe_answers(scope, person_id),
        about=people.about_me(scope, person_id),
        requirements=people.requirements(scope, person_id),
        agreements=people.agreements(scope, person_id),
        risks=people.risks(scope, person_id),
        support=tuple(_support(scope, case) for case in cases_of(scope, banner.record_ids)),
        answers=outcomes.responses_of(scope, banner.record_ids),
        milestones=outcomes.milestones_of(scope, banner.record_ids),
        stories=outcomes.stories_of(scope, banner.record_ids),
    )


def _support(scope: Scope, case: CaseRow) -> Support:
    return Support(
        case=case,
        referral=referrals.referral(scope, case.referral_id) if case.referral_id else None,
        plan=plan_of(scope, case),
        conversations=casework.interactions(scope, case.id),
        appointments=casework.appointments_of(scope, case.id),
        onward=onward.of_case(scope, case.id),
        signposts=onward.signposts_of_case(scope, case.id),
        decisions=workforce.case_decisions(scope, case.id),
    )
