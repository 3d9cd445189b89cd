"""The message back as plain data: from what is known about the case to JSON in the shape of the PRSB standard.

Source: PRSB Social Prescribing Information Standard v1.1, message back. No database here: what must never be in it
(safeguarding, what others told us, conversation notes, addresses) is not among the things given.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from linkwell.casework.rows import CaseRow, GoalRow, InteractionRow, PlanRow, StepRow
from linkwell.casework.summary import Intervention
from linkwell.kernel import clock
from linkwell.people.details import AboutMeWords, PersonDetails, RequirementRow, RiskRow

SCHEMA = "linkwell.message_back.1"
STANDARD = "PRSB Social Prescribing Information Standard v1.1: message back"
NO_KNOWN_RISK = "No known risk"


@dataclass(frozen=True, slots=True)
class ReferralFacts:
    """The referral the case came from."""

    on: dt.date
    referrer_name: str
    referrer_role: str
    referrer_organisation: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sent:
    """Who sends the message: team, organisation, worker, and how to reach them."""

    worker: str
    team: str
    organisation: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class Known:
    """All that a message back is made of."""

    person: PersonDetails
    about_me: AboutMeWords
    risks: tuple[RiskRow, ...]
    requirements: tuple[RequirementRow, ...]
    case: CaseRow
    plan: PlanRow
    conversations: tuple[InteractionRow, ...]
    interventions: tuple[Intervention, ...]
    referral: ReferralFacts | None
    sent: Sent
    recipient: str
    written_on: dt.date


def content(known: Known) -> dict[str, Any]:
    """The message as JSON (schemas/message_back.json). Blanks are left out; the risk section never is."""
    return {
        "schema": SCHEMA,
        "standard": STANDARD,
        "patient_can_read_this": True,
        "written_on": known.written_on.isoformat(),
        "recipient": known.recipient,
        "person_demographics": without_blanks(_person(known.person)),
        "risks": _risks(known.risks),
        **without_blanks(
            {
                "gp_practice": _practice(known.person),
                "about_me": _about_me(known.about_me),
                "individual_requirements": [_required(each) for each in known.requirements if each.kind != "visit"],
                "referral_details": _referral(known.referral),
                "contacts_with_professionals": [_contact(each) for each in reversed(known.conversations)],
                "clinical_summary": _summary(known),
                "onward_referrals": [_tried(each) for each in known.interventions if each.kind == "onward_referral"],
                "signpost_details": [_tried(each) for each in known.interventions if each.kind == "signpost"],
                "care_and_support_plan": _plan(known.plan),
                "sent_by": _sender(known.sent),
            }
        ),
    }


def without_blanks(value: Any) -> Any:
    """The same data without empty texts, lists and mappings. False and 0 stay: they say something."""
    if isinstance(value, Mapping):
        kept = {name: without_blanks(each) for name, each in value.items()}
        return {name: each for name, each in kept.items() if each not in (None, "", [], {})}
    if isinstance(value, list):
        return [each for each in map(without_blanks, value) if each not in (None, "", [], {})]
    return value.strip() if isinstance(value, str) else value


def _person(person: PersonDetails) -> dict[str, Any]:
    return {
        "first_name": person.given_name,
        "family_name": person.family_name,
        "preferred_name": person.preferred_name,
        "title": person.title,
        "pronoun": person.pronouns,
        "date_of_birth": person.date_of_birth.isoformat() if person.date_of_birth else "",
        "nhs_number": person.nhs_number,
    }


def _practice(person: PersonDetails) -> dict[str, Any]:
    return {"practice_identifier": person.gp_practice_code, "practice_name": person.gp_practice_name}


def _about_me(about: AboutMeWords) -> dict[str, Any]:
    return {
        "most_important_to_me": about.matters_most,
        "people_important_to_me": about.people_important,
        "how_i_communicate": about.how_i_communicate,
        "my_wellness": about.my_wellness,
        "please_do": about.please_do,
        "please_do_not": about.please_do_not,
        "how_and_when_to_support_me": about.how_and_when,
        "also_worth_knowing": about.also_know,
        "supported_to_write_this_by": about.supported_by,
    }


def _required(row: RequirementRow) -> dict[str, Any]:
    """What they need to be understood and to take part. How to stay safe on a visit is for those who visit."""
    return {"kind": row.kind_words, "requirement": row.detail}


def _referral(referral: ReferralFacts | None) -> dict[str, Any]:
    if referral is None:
        return {}
    return {
        "date": referral.on.isoformat(),
        "referrer_name": referral.referrer_name,
        "referrer_role": referral.referrer_role,
        "referrer_organisation": referral.referrer_organisation,
        "reason": referral.reason,
    }


def _contact(row: InteractionRow) -> dict[str, Any]:
    """When, how and with what outcome; never what was said."""
    return {
        "date_and_time": clock.london(row.happened_at).isoformat(timespec="minutes"),
        "consultation_method": row.kind_words,
        "outcome": row.outcome_words,
        "minutes": row.minutes,
        "seen_by": row.by,
    }


def _summary(known: Known) -> dict[str, Any]:
    case = known.case
    return {
        "support_from": clock.london(case.opened_at).date().isoformat(),
        "support_to": clock.london(case.closed_at).date().isoformat() if case.closed_at else "",
        "reason_for_ending": case.closing_words,
        "summary": case.closing_note,
        "what_did_not_work": case.what_did_not_work,
    }


def _tried(each: Intervention) -> dict[str, Any]:
    return {
        "date": each.on.isoformat(),
        "service": each.what,
        "organisation": each.organisation,
        "reason": each.reason,
        "outcome": each.outcome,
        "helped": each.helped,
    }


def _risks(rows: tuple[RiskRow, ...]) -> list[dict[str, Any]]:
    """At least one entry, as the standard asks: what is known, or that nothing is."""
    return [
        {
            "risk": NO_KNOWN_RISK if row.none_known else row.detail,
            "recorded_on": clock.london(row.recorded_at).date().isoformat(),
        }
        for row in rows
    ]


def _sender(sent: Sent) -> dict[str, Any]:
    return {
        "name": sent.worker,
        "role": "Link worker" if sent.worker else "",
        "team": sent.team,
        "organisation": sent.organisation,
        "telephone": sent.phone,
        "email": sent.email,
    }


def _plan(plan: PlanRow) -> dict[str, Any]:
    if not plan.needs and not plan.strengths:
        return {}
    first = _first_scores(plan)
    last = plan.last_version
    return {
        "strengths": plan.strengths,
        "needs": [{"need": need.words, "goals": [_goal(goal, first) for goal in need.goals]} for need in plan.needs],
        "agreed_with_person": last.agreed if last else None,
        "why_not_agreed": last.why_not if last else "",
        "last_agreed_on": clock.london(last.at).date().isoformat() if last else "",
        "planned_review": plan.review_on.isoformat() if plan.review_on else "",
    }


def _first_scores(plan: PlanRow) -> dict[str, int]:
    """The first importance or confidence recorded for each item, by its id, in the versions of the plan."""
    first: dict[str, int] = {}
    for version in plan.versions:
        for goal in (goal for need in version.content["needs"] for goal in need["goals"]):
            for item, score in ((goal, goal["importance"]), *((step, step["confidence"]) for step in goal["steps"])):
                if score is not None:
                    first.setdefault(item["id"], score)
    return first


def _goal(goal: GoalRow, first: dict[str, int]) -> dict[str, Any]:
    return {
        "goal": goal.words,
        "status": goal.state_words,
        "importance": _scores(first.get(str(goal.id)), goal.importance),
        "actions": [_step(step, first) for step in goal.steps],
    }


def _step(step: StepRow, first: dict[str, int]) -> dict[str, Any]:
    return {
        "what": step.words,
        "who": step.who,
        "when": step.due_on.isoformat() if step.due_on else "",
        "status": "done" if step.done_at else "not done yet",
        "confidence": _scores(first.get(str(step.id)), step.confidence),
    }


def _scores(first: int | None, now: int | None) -> dict[str, Any]:
    """The first score and the latest, out of 10. The same number twice says that nothing moved."""
    return {"first": first if first is not None else now, "latest": now}
