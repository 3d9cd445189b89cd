"""The person page: everything about one person that the reader may see, read in one transaction."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from linkwell.accounts.queries import user_names
from linkwell.casework import queries as casework
from linkwell.casework.models import Interaction, InteractionCorrection
from linkwell.casework.rows import AppointmentRow, CaseRow, PlanRow
from linkwell.core import timeline
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.core.timeline import Told, Wanted
from linkwell.core.written import written_once
from linkwell.journey.permissions import PERSON_PAGE
from linkwell.kernel.errors import NotFound
from linkwell.kernel.pages import Page
from linkwell.onward import queries as onward
from linkwell.onward.details import OnwardRow, SignpostRow
from linkwell.outcomes import queries as outcomes
from linkwell.outcomes.details import MilestoneRow, ResponseRow
from linkwell.people import queries as people
from linkwell.people.details import AboutMeRow, AgreementRow, Banner, ConcernRow, RiskRow
from linkwell.people.permissions import CONCERN_HANDLE

# What a filter of the timeline shows. Whatever is in none of these is about the record itself.
GROUPS: dict[str, tuple[str, ...]] = {
    "conversations": ("conversation", "appointment", "meeting"),
    "plan": ("plan", "supervision"),
    "groups": ("onward", "answer", "attendance", "signpost", "session"),
    "referrals": ("referral", "support", "letter", "death"),
    "answers": ("answers", "milestone", "own_story"),
    "safeguarding": ("safeguarding",),
}
STORY = tuple(kind for kinds in GROUPS.values() for kind in kinds)
DETAILS = "details"
EVERYTHING = "all"
PAGE_SIZE = 15


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """A page of lines, what was noted in the conversations on it, who wrote them, and how many there are of each."""

    show: str
    lines: Page[Told]
    notes: dict[UUID, str]
    who: dict[UUID, str]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """`case` is the support going on, or the one that ended last; None for somebody never supported here."""

    banner: Banner
    about: AboutMeRow
    agreements: tuple[AgreementRow, ...]
    risks: tuple[RiskRow, ...]
    cases: tuple[CaseRow, ...]
    case: CaseRow | None
    plan: PlanRow | None
    appointments: tuple[AppointmentRow, ...]
    onward: tuple[OnwardRow, ...]
    signposts: tuple[SignpostRow, ...]
    concerns: tuple[ConcernRow, ...]
    answers: tuple[ResponseRow, ...]
    milestones: tuple[MilestoneRow, ...]
    timeline: TimelinePage


@query(PERSON_PAGE, opening=True)
def person_page(scope: Scope, person_id: UUID, *, show: str = "", number: int = 1) -> PersonPage:
    """All records that are this person, together. The opening is noted. Raises NotFound."""
    banner = people.banner(scope, person_id)
    cases = cases_of(scope, banner.record_ids)
    case = next((each for each in cases if each.is_open and each.worker_id == scope.user_id), None)
    case = case or next((each for each in cases if each.is_open), None) or next(iter(cases), None)
    return PersonPage(
        banner=banner,
        about=people.about_me(scope, person_id),
        agreements=people.agreements(scope, person_id),
        risks=people.risks(scope, person_id),
        cases=cases,
        case=case,
        plan=plan_of(scope, case),
        appointments=casework.appointments_of(scope, case.id, booked_only=True) if case else (),
        onward=onward.of_case(scope, case.id) if case else (),
        signposts=onward.signposts_of_case(scope, case.id) if case else (),
        concerns=people.concerns_about(scope, person_id) if scope.may(CONCERN_HANDLE) else (),
        answers=outcomes.responses_of(scope, banner.record_ids),
        milestones=outcomes.milestones_of(scope, banner.record_ids),
        timeline=timeline_page(scope, banner.record_ids, show=show, number=number),
    )


def cases_of(scope: Scope, record_ids: Collection[UUID]) -> tuple[CaseRow, ...]:
    """Every time of support over all records of one person, the newest first."""
    return casework.cases_of(scope, *record_ids)


def plan_of(scope: Scope, case: CaseRow | None) -> PlanRow | None:
    if case is None:
        return None
    try:
        return casework.plan(scope, case.id)
    except NotFound:
        return None


def timeline_page(scope: Scope, record_ids: Collection[UUID], *, show: str, number: int) -> TimelinePage:
    """Lines of one filter; without one, the story: all but changes to the record itself.

    Lines of safeguarding are neither shown nor counted for anybody who does not handle it.
    """
    safeguarding = scope.may(CONCERN_HANDLE)
    show = show if show in GROUPS or show in (DETAILS, EVERYTHING) else ""
    wanted = Wanted(record_ids, safeguarding, kinds=_kinds(show), but=STORY if show == DETAILS else ())
    lines = timeline.told(scope, wanted, number=number, size=PAGE_SIZE)
    conversations = [line.object_id for line in lines if line.object_kind == "interaction"]
    return TimelinePage(
        show=show,
        lines=lines,
        notes=dict(_notes(scope.organisation_id, conversations)),
        who=user_names({line.actor_id for line in lines if line.actor_kind == "user" and line.actor_id}),
        counts=_grouped(timeline.counted(scope, record_ids, safeguarding=safeguarding)),
    )


def _kinds(show: str) -> tuple[str, ...]:
    if show in (DETAILS, EVERYTHING):
        return ()
    return GROUPS[show] if show else STORY


@written_once
def _notes(organisation_id: UUID, interaction_ids: Collection[UUID]) -> QuerySet[Interaction, tuple[UUID, str]]:
    """What was noted, as last put right. Never what somebody else told us."""
    ours = {"organisation_id": organisation_id}
    rows = Interaction.objects.filter(**ours, pk__in=interaction_ids)
    corrections = InteractionCorrection.objects.filter(**ours, interaction=OuterRef("pk")).order_by("-number")
    corrected = Subquery(corrections.values("note")[:1])
    return rows.values_list("pk", Coalesce(corrected, "note"))


def _grouped(by_kind: dict[str, int]) -> dict[str, int]:
    group_of = {kind: group for group, kinds in GROUPS.items() for kind in kinds}
    counts: dict[str, int] = {EVERYTHING: sum(by_kind.values())}
    for kind, number in by_kind.items():
        group = group_of.get(kind, DETAILS)
        counts[group] = counts.get(group, 0) + number
    return {**counts, "": counts[EVERYTHING] - counts.get(DETAILS, 0)}
