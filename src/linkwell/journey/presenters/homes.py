"""The start pages of leads, referrers and administrators in words."""

import datetime as dt
from typing import Any

from django.urls import reverse

from linkwell.accounts.attention import Attention
from linkwell.casework.presenters import by_room
from linkwell.casework.rows import SummaryRow
from linkwell.journey.presenters.today import MOST_TASKS, load
from linkwell.journey.queries import LeadDay, ReferrerDay, SafeguardingDay
from linkwell.kernel import clock, words
from linkwell.people import presenters as people
from linkwell.referrals import presenters as referrals
from linkwell.tasks import presenters as tasks

MOST_SENT = 8
MOST_SUMMARIES = 5
MOST_CONCERNS = 8


def lead(day: LeadDay, now: dt.datetime) -> dict[str, Any]:
    return {
        "team": day.team.name if day.team else "",
        "cards": _cards(day, now),
        "loads": [load(row) for row in by_room({row.worker_id: row for row in day.loads})],
        "attention": [attention(line) for line in day.attention],
        **concerns(day),
    }


def safeguarding(day: SafeguardingDay, today: dt.date) -> dict[str, Any]:
    return {
        "attention": [attention(line) for line in day.attention],
        "tasks": [tasks.line(row, today) for row in day.to_do.rows[:MOST_TASKS]],
        **concerns(day),
    }


def concerns(day: LeadDay | SafeguardingDay) -> dict[str, Any]:
    return {
        "concerns": [people.concern_row(row) for row in day.concerns.rows[:MOST_CONCERNS]],
        "concerns_waiting": day.open_concerns,
        "more_concerns": day.open_concerns > MOST_CONCERNS,
    }


def _cards(day: LeadDay, now: dt.datetime) -> list[dict[str, Any]]:
    """The numbers, each of which opens its list."""
    triage, triage_url = day.triage, reverse("referrals:triage")
    waiting = triage.waiting + triage.asked
    return [
        _card(waiting, "Referrals to read", triage_url, _since("longest wait", triage.longest_since, now)),
        _card(triage.in_danger, "Words that suggest danger", f"{triage_url}?show=danger", tone="urgent"),
        _card(triage.overdue, "Should have been read by now", f"{triage_url}?show=overdue", tone="attention"),
        _card(
            day.waiting,
            "Waiting for a link worker",
            reverse("casework:waiting"),
            _since("longest wait", day.waiting_since, now),
        ),
        _card(day.overdue, "Next date has passed", reverse("journey:overdue"), tone="attention"),
        _card(day.answers_overdue, "Groups that have not answered", reverse("onward:overdue"), tone="attention"),
    ]


def _card(number: int, label: str, url: str, below: str = "", tone: str = "") -> dict[str, Any]:
    return {"value": number, "label": label, "url": url, "words": below, "tone": tone if number else ""}


def _since(label: str, moment: dt.datetime | None, now: dt.datetime) -> str:
    if moment is None:
        return "nobody waits"
    days = (clock.london(now).date() - clock.london(moment).date()).days
    return f"{label} {words.waiting(days) if days else 'since today'}"


def attention(line: Attention) -> dict[str, Any]:
    return {"words": line.words, "count": line.count, "url": reverse(line.route)}


def referrer(day: ReferrerDay) -> dict[str, Any]:
    return {
        "sent": [referrals.sent_line(row) for row in day.referrals.rows[:MOST_SENT]],
        "more_sent": day.referrals.has_next or len(day.referrals) > MOST_SENT,
        "summaries": [_summary(row) for row in day.summaries.rows[:MOST_SUMMARIES]],
        "more_summaries": day.summaries.has_next or len(day.summaries) > MOST_SUMMARIES,
    }


def _summary(row: SummaryRow) -> dict[str, str]:
    return {
        "name": row.person_name,
        "url": reverse("casework:received_summary", args=[row.id]),
        "when": words.written_date(row.sent_at) if row.sent_at else "",
    }
