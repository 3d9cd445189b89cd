"""A copy of the record: as plain JSON, and in words for paper. The same parts in both.

What must not be in a copy is left out here by naming what goes in.
"""

import datetime as dt
from dataclasses import asdict
from typing import Any

from linkwell.casework.presenters import case_title
from linkwell.casework.queries.plan import content_of
from linkwell.casework.rows import InteractionRow
from linkwell.journey.presenters.person import ABOUT
from linkwell.journey.queries import RecordCopy, Support
from linkwell.kernel import words
from linkwell.onward.details import AttendanceRow
from linkwell.outcomes.details import ResponseRow
from linkwell.outcomes.presenters import answers as outcomes
from linkwell.outcomes.presenters import stories
from linkwell.outcomes.presenters.milestones import printed, what
from linkwell.people.details import CHANNELS
from linkwell.people.presenters import CHANNEL_WORDS, SAID
from linkwell.referrals.presenters import needs_words
from linkwell.referrals.rows import ReferralRow

FORMAT = "linkwell-record-1"
LEFT_OUT = (
    "What somebody else told us, how to get into your home, and anything about keeping somebody safe are not in this "
    "copy. Ask us if you would like to talk about them."
)
# Where a restricted person lives, and how to reach them, is not put on paper.
PLACE = frozenset({"address", "postcode", "gp_practice_code", "gp_practice_name"})


def as_json(copy: RecordCopy, made_at: dt.datetime) -> dict[str, Any]:
    """Plain values: dates as ISO 8601, times in UTC."""
    return {
        "format": FORMAT,
        "made_at": _iso(made_at),
        "held_by": {"code": copy.held_by.code, "name": copy.held_by.name},
        "left_out": LEFT_OUT,
        "person": _person(copy),
        "about_me": {
            "version": copy.about.version,
            "said_at": _iso(copy.about.recorded_at),
            **asdict(copy.about.words),
        },
        "safe_contact": _safe(copy),
        "needs": [{"kind": row.kind, "detail": row.detail} for row in copy.requirements],
        "agreements": [
            {
                "subject": row.subject_words,
                "answer": row.answer,
                "how": row.how_words,
                "asked_alone": row.asked_alone,
                "at": _iso(row.recorded_at),
            }
            for row in copy.agreements
        ],
        "risks": [
            {"none_known": row.none_known, "detail": row.detail, "at": _iso(row.recorded_at)} for row in copy.risks
        ],
        "support": [_support(each) for each in copy.support],
        "answers": [_answers(row) for row in copy.answers],
        "stories": [
            {
                "title": row.story.title,
                "words": row.story.words,
                "state": row.state,
                "agreed": [each.use for each in row.consents if each.agreed],
            }
            for row in copy.stories
        ],
        "what_changed": [
            {"on": _iso(row.on), "what": what(row), "said_by": row.said_by}
            for row in copy.milestones
            if not row.taken_back_why
        ],
    }


def _answers(row: ResponseRow) -> dict[str, Any]:
    return {
        "on": _iso(row.answered_on),
        "occasion": row.occasion,
        "how": row.how,
        "questionnaire": row.pack.name,
        "version": row.pack.version,
        "answers": dict(row.answers),
        "scores": {each.code: each.value for each in row.scores},
    }


def _person(copy: RecordCopy) -> dict[str, Any]:
    details = asdict(copy.card.details)
    details.pop("told_by")
    details["date_of_birth"] = _iso(copy.card.details.date_of_birth)
    contacts = [] if copy.card.restricted else [{"kind": row.kind, "value": row.value} for row in copy.card.contacts]
    if copy.card.restricted:
        details = {name: value for name, value in details.items() if name not in PLACE}
    return {"id": str(copy.card.person_id), **details, "contacts": contacts}


def _safe(copy: RecordCopy) -> dict[str, Any]:
    answers = {channel: copy.safe.answer(channel) for channel in CHANNELS}
    return {**answers, "best_times": copy.safe.best_times, "asked_alone": copy.safe.asked_alone}


def _support(each: Support) -> dict[str, Any]:
    case, referral = each.case, each.referral
    return {
        "state": case.state,
        "from": _iso(case.opened_at),
        "to": _iso(case.closed_at),
        "link_worker": case.worker_name,
        "ended_because": case.closing_words,
        "ended_note": case.closing_note,
        "referral": {
            "reference": referral.reference,
            "received_at": _iso(referral.received_at),
            "from": _sender(referral),
            "needs": list(referral.details.needs),
            "why": _why(referral),
        }
        if referral
        else None,
        "plan": content_of(each.plan, each.plan.needs) if each.plan else None,
        "conversations": [_conversation(row) for row in each.conversations],
        "appointments": [
            {"at": _iso(row.starts_at), "kind": row.kind, "minutes": row.minutes, "state": row.state}
            for row in each.appointments
        ],
        "onward_referrals": [
            {
                "service": row.service_name,
                "sent_at": _iso(row.sent_at),
                "what_they_read": row.need_words,
                "state": row.state,
                "came": [_came(came) for came in row.attendances],
            }
            for row in each.onward
        ],
        "signposted": [{"service": row.service_name, "at": _iso(row.given_at)} for row in each.signposts],
        "decided_with_team_lead": [
            {"at": _iso(row.at), "decision": row.decision, "decided_by": row.decided_by} for row in each.decisions
        ],
    }


def _sender(referral: ReferralRow) -> str:
    """A relative who asked is not named: the person may not know."""
    return referral.sender_organisation or ("yourself" if referral.details.source == "self" else "somebody else")


def _why(referral: ReferralRow) -> str:
    """Words that suggest danger belong to safeguarding, and what a relative wrote is what somebody else told us."""
    return "" if referral.dangers or referral.details.source == "relative" else referral.details.why


def _conversation(row: InteractionRow) -> dict[str, Any]:
    return {
        "at": _iso(row.happened_at),
        "kind": row.kind,
        "outcome": row.outcome,
        "note": row.newest_note,
        "by": row.by,
    }


def _iso(value: dt.date | dt.datetime | None) -> str | None:
    return value.isoformat() if value else None


def on_paper(copy: RecordCopy, made_at: dt.datetime) -> dict[str, Any]:
    """What the printable page names."""
    return {
        "name": copy.banner.name,
        "held_by": copy.held_by.name,
        "made": words.written_datetime(made_at, year=True),
        "left_out": LEFT_OUT,
        "details": _details(copy),
        "about": [
            {"label": label, "value": value}
            for name, label in {"matters_most": "What matters most to me", **ABOUT}.items()
            if (value := getattr(copy.about.words, name))
        ],
        "safe": _safe_rows(copy),
        "needs": [row.detail for row in copy.requirements],
        "agreements": [
            f"{row.answer_words.capitalize()}: {row.subject_words}, {words.short_date(row.recorded_at)}"
            for row in copy.agreements
        ],
        "risks": [row.detail or "No known risk" for row in copy.risks],
        "support": [_printed(each) for each in copy.support],
        "answers": [outcomes.line(row) for row in copy.answers],
        "changed": printed(copy.milestones),
        "stories": [stories.printed(row) for row in copy.stories],
    }


def _details(copy: RecordCopy) -> list[dict[str, str]]:
    given = copy.card.details
    rows = [
        ("Name", f"{given.given_name} {given.family_name}"),
        ("Likes to be called", given.preferred_name),
        ("Pronouns", given.pronouns),
        ("Date of birth", words.short_date(given.date_of_birth) if given.date_of_birth else ""),
        ("NHS number", given.nhs_number),
        ("Language", given.language),
    ]
    if copy.card.restricted:
        rows.append(("Address and phone", "Kept apart, so that they are on no paper"))
    else:
        rows += [
            ("Address", "\n".join(part for part in (given.address, given.postcode) if part)),
            ("GP practice", given.gp_practice_name),
            ("Phone and e-mail", "\n".join(row.shown for row in copy.card.contacts)),
        ]
    return [{"label": label, "value": value} for label, value in rows if value]


def _safe_rows(copy: RecordCopy) -> list[dict[str, str]]:
    rows = [
        {"label": CHANNEL_WORDS[channel], "value": SAID[copy.safe.answer(channel)].capitalize()} for channel in CHANNELS
    ]
    return rows + ([{"label": "Best times", "value": copy.safe.best_times}] if copy.safe.best_times else [])


def _printed(each: Support) -> dict[str, Any]:
    referral = each.referral
    return {
        "title": case_title(each.case),
        "worker": each.case.worker_name,
        "ended": each.case.closing_words,
        "referred": f"Referred by {_sender(referral)} on "
        f"{words.short_date(referral.received_at)}, reference {referral.reference}. "
        f"{needs_words(referral.details.needs)}"
        if referral
        else "",
        "why": _why(referral) if referral else "",
        "needs": each.plan.needs if each.plan else (),
        "conversations": [
            {
                "when": words.written_datetime(row.happened_at, year=True),
                "title": f"{row.kind_words}: {row.outcome_words.lower()}",
                "body": row.newest_note,
                "who": row.by,
            }
            for row in each.conversations
        ],
        "appointments": [
            f"{words.written_datetime(row.starts_at, year=True)}, {row.kind_words.lower()}: {row.state_words}"
            for row in each.appointments
        ],
        "groups": [f"{row.service_name}, {words.short_date(row.sent_at)}: {row.state_words}" for row in each.onward]
        + [f"{row.service_name}, {words.short_date(row.given_at)}: signposted" for row in each.signposts],
        "decisions": [
            f"{words.short_date(row.at)}: {row.decision} (decided by {row.decided_by})" for row in each.decisions
        ],
    }


def _came(row: AttendanceRow) -> dict[str, object]:
    return {"on": _iso(row.on), "came": row.came, "said_by": "the group" if row.by_group else "the person"}
