"""The person page in words."""

import datetime as dt
from typing import Any
from uuid import UUID

from linkwell.casework.presenters import case_title, next_words, overdue
from linkwell.casework.presenters.plan import agreed_words
from linkwell.casework.rows import AppointmentRow, CaseRow, GoalRow, PlanRow, StepRow
from linkwell.core.addresses import address
from linkwell.core.timeline import Seen, Told
from linkwell.journey.presenters.places import page_of, write_up_url
from linkwell.journey.queries import PersonPage, TimelinePage
from linkwell.kernel import words
from linkwell.onward import presenters as onward
from linkwell.onward.details import SignpostRow
from linkwell.outcomes.presenters import milestones
from linkwell.outcomes.presenters.scores import series
from linkwell.people import presenters as people
from linkwell.people.details import AboutMeRow, AgreementRow, Banner, RiskRow

FILTERS = {
    "": "The story",
    "conversations": "Conversations",
    "plan": "Plan",
    "groups": "Groups and services",
    "answers": "Answers and what changed",
    "referrals": "Referrals and letters",
    "details": "Details",
    "safeguarding": "Safeguarding",
    "all": "Everything",
}
KIND_WORDS = {
    "conversation": "Conversation",
    "appointment": "Appointment",
    "plan": "Plan",
    "onward": "Onward referral",
    "answer": "Answer from a group",
    "attendance": "Attendance",
    "signpost": "Signposted",
    "referral": "Referral",
    "support": "Support",
    "letter": "Letter",
    "safeguarding": "Safeguarding",
    "session": "Session",
    "meeting": "Meeting",
    "supervision": "Decision with the lead",
    "answers": "Answers",
    "milestone": "What changed",
    "own_story": "Their story",
}
ABOUT = {
    "people_important": "People who are important to me",
    "how_i_communicate": "How I communicate",
    "my_wellness": "My wellness",
    "please_do": "Please do",
    "please_do_not": "Please do not",
    "how_and_when": "How and when to support me",
    "also_know": "Also worth knowing about me",
    "supported_by": "Supported to write this by",
}
ADULT_FROM = 18
GONE_LINKED = "Read together with another record of the same person"


def page(found: PersonPage, today: dt.date, now: dt.datetime) -> dict[str, Any]:
    """Everything the template names."""
    person_id = found.banner.person_id
    banner = people.banner(found.banner)
    case = found.case
    return {
        "person": banner,
        "person_id": person_id,
        "given_name": found.banner.given_name,
        "actions": _actions(case, found.banner),
        "more_actions": _more_actions(case, person_id, found.banner.age),
        "linked": GONE_LINKED if len(found.banner.record_ids) > 1 else "",
        "about": _about(found.about),
        "support": _support(case, today) if case else None,
        "earlier": [_earlier(each) for each in found.cases if case is None or each.id != case.id],
        "next": _next(found, today, now),
        "plan": _plan(found.plan, case) if case else None,
        "onward": [onward.line(row) for row in found.onward],
        "signposts": [_signpost(row) for row in found.signposts],
        "agreements": [_agreement(row) for row in found.agreements],
        "risks": _risks(found.risks),
        "answers": series(found.answers),
        "changed": milestones.panel(found.milestones),
        "concerns": [people.concern_row(row) for row in found.concerns],
        "timeline": timeline(found.timeline),
    }


def _actions(case: CaseRow | None, banner: Banner) -> list[dict[str, str]]:
    """What is done most, in order of how often."""
    concern = {"label": "Raise a concern", "url": address("people:raise_concern", banner.person_id)}
    if case is None:
        return [concern]
    if not case.is_open:
        return [{"label": "Open the support that ended", "url": address("casework:case", case.id)}, concern]
    write_up = {"label": "Write up", "url": write_up_url(case.id)}
    if banner.died:
        return [write_up, concern]
    ring = [{"label": "Ring", "url": f"tel:{banner.ring}"}] if banner.ring else []
    return [
        write_up,
        *ring,
        {"label": "Book", "url": address("casework:book", case.id)},
        {"label": "Find a group or service", "url": address("onward:find", case.id)},
        concern,
    ]


def _more_actions(case: CaseRow | None, person_id: UUID, age: int | None) -> list[dict[str, str]]:
    links = [
        {"label": "Details", "url": address("people:details", person_id)},
        {"label": "Phone and e-mail", "url": address("people:contacts", person_id)},
        {"label": "How it is safe to reach them", "url": address("people:safe_contact", person_id)},
        {"label": "What they need", "url": address("people:needs", person_id)},
        {"label": "Language, interpreter and formats", "url": address("people:access", person_id)},
        {"label": "Who they belong together with", "url": address("people:household", person_id)},
        {"label": "Who can decide, and who acts for them", "url": address("people:capacity", person_id)},
        {"label": "How to get into the home", "url": address("people:home_access", person_id)},
        {"label": "Is this the same person as another?", "url": address("people:same_person", person_id)},
    ]
    if age is None or age < ADULT_FROM:
        links.append(
            {"label": "School, parents and who is responsible", "url": address("people:young_person", person_id)}
        )
    if case is not None and case.is_open:
        links.append({"label": "Summaries and letters", "url": address("casework:summaries", case.id)})
        links.append({"label": "End support", "url": address("casework:close", case.id)})
    links.append({"label": "They have died", "url": address("people:death", person_id)})
    links.append({"label": "Print a copy of the record", "url": address("journey:record", person_id)})
    links.append({"label": "Everything for the person, as a file", "url": address("journey:everything", person_id)})
    return links


def _about(row: AboutMeRow) -> dict[str, Any]:
    said = row.recorded_at and f"Said on {words.short_date(row.recorded_at)}"
    by = f", written down by {row.recorded_by}" if row.recorded_by else ""
    rest = [{"label": label, "value": value} for name, label in ABOUT.items() if (value := getattr(row.words, name))]
    return {"matters": row.words.matters_most, "said": f"{said}{by}" if said else "", "rest": rest}


def _support(case: CaseRow, today: dt.date) -> dict[str, Any]:
    with_whom = f"with {case.worker_name}" if case.worker_name else "no link worker yet"
    ended = f"Ended because: {case.closing_words.lower()}" if case.closing_words else ""
    return {
        "title": case_title(case),
        "with": with_whom if case.is_open else ended,
        "open": case.is_open,
        "state": case.state_words,
        "url": address("casework:case", case.id),
        "next_url": address("casework:next", case.id),
        "ask_url": address("outcomes:choose", case.id),
    }


def _earlier(case: CaseRow) -> dict[str, str]:
    return {"title": case_title(case), "url": address("casework:case", case.id), "why": case.closing_words}


def _next(found: PersonPage, today: dt.date, now: dt.datetime) -> dict[str, Any]:
    """The next appointment, and what comes next; nothing once they may have died, whatever was to come."""
    case = found.case
    if case is None or not case.is_open or found.banner.died:
        return {"appointment": None, "unwritten": [], "step": "", "late": False}
    coming = [row for row in reversed(found.appointments) if row.starts_at > now]
    gone = [row for row in reversed(found.appointments) if row.starts_at <= now]
    return {
        "appointment": _appointment(coming[0]) if coming else None,
        "unwritten": [{**_appointment(row), "url": write_up_url(case.id, appointment_id=row.id)} for row in gone],
        "step": next_words(case, today),
        "late": overdue(case, today),
    }


def _appointment(row: AppointmentRow) -> dict[str, str]:
    place = f", {row.place}" if row.place else ""
    return {
        "words": f"{words.written_datetime(row.starts_at)}, {row.kind_words.lower()}{place}",
        "move_url": address("casework:move", row.id),
        "cancel_url": address("casework:cancel", row.id),
    }


def _plan(plan: PlanRow | None, case: CaseRow) -> dict[str, Any]:
    """Needs, goals and the steps not yet done: the plan as it is lived with, not the form."""
    return {
        "needs": [
            {"words": need.words, "goals": [_goal(goal) for goal in need.goals]}
            for need in (plan.needs if plan else ())
        ],
        "agreed": agreed_words(plan.last_version) if plan and plan.needs else "",
        "changed": bool(plan and plan.versions and plan.changed_since_agreed),
        "url": address("casework:plan", case.id),
        "print_url": address("casework:plan_print", case.id),
    }


def _goal(goal: GoalRow) -> dict[str, Any]:
    return {
        "words": goal.words,
        "importance": goal.importance,
        "state": goal.state_words.capitalize() if goal.state != "open" else "",
        "tone": {"reached": "done", "partly": "going", "set_aside": "closed"}.get(goal.state, "going"),
        "steps": [_step(step) for step in goal.steps if step.done_at is None],
        "done": sum(1 for step in goal.steps if step.done_at is not None),
    }


def _step(step: StepRow) -> dict[str, str]:
    due = f"by {words.written_date(step.due_on)}" if step.due_on else ""
    return {"words": step.words, "who": ", ".join(part for part in (step.who, due) if part)}


def _signpost(row: SignpostRow) -> dict[str, str]:
    went = address("onward:went", row.id)
    return {"name": row.service_name, "url": went, "when": words.short_date(row.given_at)}


def _agreement(row: AgreementRow) -> dict[str, Any]:
    return {
        "agreed": row.agreed,
        "answer": row.answer_words.capitalize(),
        "subject": row.subject_words,
        "when": words.short_date(row.recorded_at),
    }


def _risks(rows: tuple[RiskRow, ...]) -> dict[str, Any]:
    return {
        "asked": bool(rows),
        "lines": [row.detail for row in rows if not row.none_known],
        "none_known": words.short_date(rows[0].recorded_at) if rows and rows[0].none_known else "",
    }


def timeline(found: TimelinePage) -> dict[str, Any]:
    return {
        "page": found.lines.map(lambda line: _entry(line, found)),
        "filters": [
            {
                "label": label,
                "url": f"?show={show}#timeline" if show else "?#timeline",
                "current": show == found.show,
                "count": found.counts.get(show, 0),
            }
            for show, label in FILTERS.items()
            if found.counts.get(show) or show == found.show
        ],
        "show": found.show,
        "query": f"show={found.show}" if found.show else "",
    }


def _entry(line: Told, found: TimelinePage) -> dict[str, Any]:
    who = found.who.get(line.actor_id, "") if line.actor_id else ""
    if line.kind == "referral":
        # The line itself says who referred; whoever accepted only wrote it.
        who = ""
    elif line.kind == "answers" and line.actor_kind == "link":
        who = "They themselves, from a link"
    elif not who:
        who = {"link": "The group, from its link", "system": "Linkwell", "public": "From the form"}.get(
            line.actor_kind, ""
        )
    kind = KIND_WORDS.get(line.kind, "Details")
    return {
        "when": words.written_datetime(line.at),
        "kind": f"{kind}, {who}" if who else kind,
        "title": line.summary.rstrip("."),
        "url": page_of(line.object_kind, line.object_id),
        "body": found.notes.get(line.object_id, ""),
        "tone": "safety" if line.seen_by is Seen.SAFEGUARDING else "",
    }
