"""Onward referrals in words. Never reads a table."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from linkwell.core.scope import ActorKind, Scope
from linkwell.directory.fitting import Answer, Fit
from linkwell.kernel import words
from linkwell.messaging.queries import Post
from linkwell.onward.details import GroupView, OnwardRow
from linkwell.people.details import RequirementRow

TONES = {
    "sent": "waiting",
    "asked": "attention",
    "waiting_list": "waiting",
    "accepted": "going",
    "attended": "done",
    "did_not_come": "attention",
    "declined": "closed",
    "withdrawn": "closed",
    "ended": "closed",
}
# Needs that keep someone safe on visits are the team's own business.
TOLD_TO_GROUPS = frozenset({"interpreter", "access", "information", "adjustment"})


@dataclass(frozen=True, slots=True)
class Line:
    """An onward referral in a list."""

    url: str
    service: str
    person: str
    state: str
    tone: str
    sent: str
    next: str


@dataclass(frozen=True, slots=True)
class FitWords:
    """How a group fits somebody: the words of a tag with its colour, what speaks against it, and what to ask first."""

    words: str
    tone: str
    because: tuple[str, ...]
    ask: tuple[str, ...]


_FIT = {
    Answer.FITS: ("Fits what we know", "done"),
    Answer.ASK: ("Ask first", "waiting"),
    Answer.DOES_NOT_FIT: ("Does not fit", "attention"),
}


def fit_words(fit: Fit) -> FitWords:
    return FitWords(*_FIT[fit.answer], fit.because, fit.ask)


def access_words(needs: Iterable[RequirementRow]) -> str:
    """What the group should know about access, from what is recorded; the worker may shorten it."""
    return ". ".join(need.detail.rstrip(".") for need in needs if need.kind in TOLD_TO_GROUPS)


def line(row: OnwardRow) -> Line:
    return Line(
        url=reverse("onward:one", kwargs={"onward_id": row.id}),
        service=row.service_name,
        person=row.person_name,
        state=row.state_words[:1].upper() + row.state_words[1:],
        tone=TONES[row.state],
        sent=words.written_date(row.sent_at),
        next=_next(row),
    )


def _next(row: OnwardRow) -> str:
    if row.state in {"sent", "asked"}:
        return f"answer hoped for by {words.written_date(row.overdue_on)}"
    if row.state == "accepted" and row.starts_on:
        return f"from {words.written_date(row.starts_on)}"
    if row.state == "waiting_list":
        return f"about {row.waiting_weeks} weeks"
    return row.decline_reason


def facts(row: OnwardRow) -> list[dict[str, str]]:
    return [
        {"label": "What the group reads", "value": row.need_words},
        {"label": "What would make it work", "value": row.access_words},
        {
            "label": "Phone number",
            "value": "The group may have it after a yes" if row.may_share_phone else "Not shared",
        },
        {"label": "Sent", "value": words.written_datetime(row.sent_at)},
        {"label": "Answered", "value": words.written_datetime(row.answered_at) if row.answered_at else "Not yet"},
    ]


def posts(thread: Iterable[Post], reader: Scope) -> list[dict[str, object]]:
    """A thread as this reader sees it: their own side is "mine"."""
    staff = reader.actor_kind is ActorKind.USER
    return [
        {
            "who": each.author_name,
            "when": words.written_datetime(each.at),
            "body": each.text,
            "mine": (each.author_kind == "user") == staff,
        }
        for each in thread
    ]


def choices(seen: GroupView, token: str) -> list[dict[str, str]]:
    """The large answers that make sense now."""

    def to(what: str) -> str:
        return reverse("onward:give", kwargs={"token": token, "what": what})

    first = [
        {"label": "Yes, we have room", "hint": "from a date, or your next session", "url": to("yes"), "tone": "yes"},
        {"label": "Waiting list", "hint": "about how many weeks", "url": to("waiting")},
        {"label": "We can't help this time", "hint": "and why", "url": to("no"), "tone": "no"},
        {"label": "Ask a question", "hint": "before you decide", "url": to("ask")},
    ]
    if seen.state in {"sent", "asked"}:
        return first
    if seen.state == "waiting_list":
        return [first[0], first[2]]
    came = {"label": "Did they come?", "hint": "say yes or no for one day", "url": to("came"), "tone": "yes"}
    return [came, {"label": "Write to the link worker", "url": to("ask")}]


def said(seen: GroupView) -> str:
    """What the group has said so far, in one sentence."""
    match seen.state:
        case "accepted":
            when = f", from {words.written_date(seen.starts_on)}" if seen.starts_on else ""
            return f"You said yes{when}. Thank you."
        case "waiting_list":
            return f"They are on your waiting list, about {seen.waiting_weeks} weeks. Say yes when you have room."
        case "asked":
            return "You asked a question. You can still answer now."
        case "attended" | "did_not_come" if seen.attendances:
            newest = seen.attendances[0]
            return f"You told us they {'came' if newest.came else 'did not come'} on {words.written_date(newest.on)}."
        case _:
            return ""
