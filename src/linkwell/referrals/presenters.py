"""From rows to the words on the screen. Never asks the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from linkwell.accounts.queries import TeamRow
from linkwell.accounts.rules import Rules
from linkwell.core.addresses import address
from linkwell.kernel import clock, codes, danger, nhs_number, words
from linkwell.kernel.tongue import say
from linkwell.people.details import Likeness
from linkwell.referrals import times
from linkwell.referrals.details import ReferralDetails
from linkwell.referrals.models import ReferralKnows
from linkwell.referrals.queries import Filters
from linkwell.referrals.reasons import BY_CODE
from linkwell.referrals.rows import (
    LastChange,
    OtherReferral,
    ReferralRow,
    SentRow,
    TriageSummary,
    WaitingRow,
)
from linkwell.referrals.states import REFERRAL

NOT_ASKED = "Nobody has asked yet: phone only, leave no message"
_KINDS = {kind.value: kind for kind in danger.DangerKind}
_SHORT_DANGER = {
    "suicide": "ending their life",
    "child_at_risk": "a child at risk",
    "abuse": "being hurt or controlled",
    "no_food_or_heat": "no food, heat or medicine",
}
_SENT_WORDS = {
    "received": ("Received", "waiting"),
    "question": ("They have a question for you", "attention"),
    "answer": ("Your answer has been sent", "waiting"),
    "declined": ("Could not be taken", "closed"),
    "in_touch": ("In touch with the person", "going"),
    "closed": ("Support has ended", "done"),
    "message": ("They wrote to you", "attention"),
}


@dataclass(frozen=True, slots=True)
class Urgent:
    """Help that cannot wait: a heading and lines to read."""

    title: str
    lines: tuple[str, ...]


def needs_words(needs: Iterable[str]) -> str:
    return ", ".join(codes.plain(codes.NEEDS, need) for need in needs)


def read_by_words(team: TeamRow, now: datetime) -> str:
    return words.written_datetime(times.read_by(team, now))


def written_moment(moment: datetime) -> str:
    return words.written_datetime(moment)


def waited(since: datetime, now: datetime) -> str:
    """ "12 days", "since today"."""
    return words.waiting((clock.london(now).date() - clock.london(since).date()).days)


def outside_ages(born: date | None, rules: Rules) -> str:
    """Said where somebody is younger or older than the people a team supports; empty otherwise."""
    return rules.outside(words.age(born)) if born else ""


def urgent_help(kinds: Iterable[str], *, to_person: bool) -> list[Urgent]:
    """What to do now, one box for each kind of danger that words suggest."""
    return [_urgent(danger.ADVICE[_KINDS[kind]], to_person) for kind in kinds if kind in _KINDS]


def urgent_for_team(kinds: Iterable[str]) -> list[Urgent]:
    """What to do now for whoever reads the referral."""
    found = [_urgent(danger.ADVICE[_KINDS[kind]], to_person=False) for kind in kinds if kind in _KINDS]
    if not found:
        return []
    first = "Act on this now: speak to them, or to whoever referred them, in the way they said is safe."
    lines = dict.fromkeys(line for each in found for line in each.lines[1:])
    return [Urgent(f"The words suggest danger: {danger_words(kinds)}", (first, *lines))]


def urgent_in(text: str, *, to_person: bool) -> list[Urgent]:
    """The same for words just typed."""
    return [_urgent(found.advice, to_person) for found in danger.dangers_in(text)]


def _urgent(advice: danger.Advice, to_person: bool) -> Urgent:
    lines = tuple(_help_line(line) for line in advice.lines)
    title = say("Help you can get now") if to_person else say("What you told us may not be able to wait")
    return Urgent(title, (say(advice.to_person if to_person else advice.to_other), *lines))


def _help_line(line: danger.HelpLine) -> str:
    phone = say(": phone %(number)s") % {"number": line.number} if line.number not in ("", line.name) else ""
    return f"{say(line.name)}{phone} – {say(line.when)}"


def danger_words(dangers: Iterable[str]) -> str:
    return words.joined([_SHORT_DANGER.get(kind, kind) for kind in dangers])


def waiting_line(row: WaitingRow, now: datetime, rules: Rules | None = None) -> dict[str, Any]:
    """One line of the triage list. `rules` are those of the team, where the list is of one team."""
    return {
        "row": row,
        "waited": waited(row.received_at, now),
        "age": words.age(row.date_of_birth) if row.date_of_birth else None,
        "needs": needs_words(row.needs),
        "why": row.why if len(row.why) <= 140 else f"{row.why[:137].rstrip()}…",
        "danger": danger_words(row.dangers),
        "state": REFERRAL.words[row.state],
        "open": row.state in ("received", "asked"),
        "overdue": row.state in ("received", "asked") and row.next_date < clock.today(),
        "look_by": words.written_date(row.next_date),
        "outside_ages": outside_ages(row.date_of_birth, rules) if rules else "",
        "agreed": _KNOWS_SHORT[row.knows],
        "sender": row.sender or {"self": "themselves"}.get(row.source, ""),
        "accept_url": accept_url(row.id),
    }


def accept_url(referral_id: UUID) -> str:
    """Where a referral is accepted and given to a worker."""
    return address("casework:accept", referral_id)


_KNOWS_SHORT = {"agrees": "", "knows": "has not said yes", "not_asked": "has not been asked"}


def given_facts(details: ReferralDetails) -> list[dict[str, str]]:
    """Everything that was given about the person, for the referral page."""
    born = details.date_of_birth
    rows = [
        ("Name", details.full_name),
        ("Date of birth", f"{words.short_date(born)} ({words.age(born)})" if born else ""),
        ("Phone", details.phone),
        ("E-mail", details.email),
        ("Address", details.address),
        ("Postcode", details.postcode),
        ("NHS number", _nhs(details.nhs_number)),
        ("GP practice", details.gp_practice_name),
        ("Language", details.language + (" (interpreter needed)" if details.interpreter else "")),
    ]
    return [{"label": label, "value": value} for label, value in rows]


def _nhs(digits: str) -> str:
    if not digits or nhs_number.problem(digits) is not None:
        return digits
    return f"{nhs_number.parse(digits)} (as given, not looked up)"


def safe_facts(details: ReferralDetails) -> list[dict[str, str]]:
    """How it is safe to reach them, and who said so."""
    channels = {
        "phone call": details.safe_phone,
        "voicemail": details.safe_voicemail,
        "text message": details.safe_text,
        "e-mail": details.safe_email,
        "letter": details.safe_letter,
    }
    safe = words.joined([name for name, answer in channels.items() if answer])
    unsafe = words.joined([name for name, answer in channels.items() if answer is False])
    sender = details.referrer_name or "the referrer"
    told = "the person" if details.source == "self" else f"told to us by {sender}, not confirmed"
    alone = "asked alone" if details.asked_alone else "not asked alone"
    return [
        {"label": "Safe", "value": words.sentence(safe) or NOT_ASKED},
        {"label": "Not safe", "value": words.sentence(unsafe) or "Nothing said"},
        {"label": "Keep safe", "value": details.safe_notes or "Nothing said"},
        {"label": "Who said so", "value": f"{words.sentence(told)}, {alone}"},
        {"label": "Do they know and agree", "value": words.sentence(str(ReferralKnows(details.knows).label))},
    ]


def referrer_facts(row: ReferralRow) -> list[dict[str, str]]:
    given = row.details
    if given.source == "self":
        return [{"label": "Asked by", "value": "The person themselves"}]
    who = ", ".join(part for part in (given.referrer_name, given.referrer_role) if part)
    rows = [("Referred by", who), ("Phone", given.referrer_phone), ("E-mail", given.referrer_email)]
    return [{"label": label, "value": value} for label, value in rows if value]


def decided(row: ReferralRow) -> str:
    """What was decided, by whom and when, in a sentence; empty while it waits."""
    if row.decided_at is None:
        return ""
    when = words.written_datetime(row.decided_at)
    if row.state == "withdrawn":
        return f"Taken back by whoever sent it on {when}."
    if row.state == "joined":
        return f"{row.decided_by} added this to the support they have on {when}."
    verb = "accepted" if row.state == "accepted" else "could not take"
    reason = f": {BY_CODE[row.decline_reason].plain.lower()}" if row.decline_reason in BY_CODE else ""
    return f"{row.decided_by} {verb} this on {when}{reason}."


def why_declined(reason: str | None) -> str:
    """A reason in the team's own words; empty for none."""
    return BY_CODE[reason].plain if reason in BY_CODE else ""


_CHANGED = {
    "accepted": "accepted",
    "joined": "added to other support",
    "withdrawn": "took back",
    "declined": "declined",
    "asked": "asked about",
}


def changed_by(change: LastChange | None) -> tuple[str, str]:
    """Who came first, and when, for somebody whose decision came second."""
    if change is None:
        return "Somebody", "a moment ago"
    what = _CHANGED.get(change.state, "changed")
    return f"{change.who} {what}", words.written_time(change.at)


def side_by_side(details: ReferralDetails, other: Likeness) -> list[dict[str, str]]:
    """A referral beside a record that may be the same person."""
    if other.restricted:
        return [{"label": "Name", "left": details.full_name, "right": "A restricted record"}]
    return [
        {"label": "Name", "left": details.full_name, "right": other.name},
        {"label": "Date of birth", "left": _day(details.date_of_birth), "right": _day(other.date_of_birth)},
    ]


def _day(day: Any) -> str:
    return words.short_date(day) if day else ""


def other_line(other: OtherReferral) -> dict[str, str]:
    born = f", born {words.short_date(other.date_of_birth)}" if other.date_of_birth else ""
    arrived = words.short_date(other.received_at)
    return {
        "label": f"{other.name}{born}: {other.reference}",
        "url": address("referrals:referral", other.id),
        "words": f"Arrived {arrived}, {REFERRAL.words[other.state]}",
    }


def sent_line(row: SentRow) -> dict[str, Any]:
    """One of the sender's own referrals, with its state in words: only what they have been told."""
    newest = row.standing
    state, tone = _SENT_WORDS[newest.kind] if newest else ("Sent", "new")
    return {
        "row": row,
        "state": state,
        "tone": tone,
        "since": words.written_date(newest.at if newest else row.sent_at),
        "sent": words.written_date(row.sent_at),
        "needs": needs_words(row.needs),
        "url": address("referrals:mine_one", row.referral_id),
    }


def likeness_panel(details: ReferralDetails, other: Likeness, decision: bool | None) -> dict[str, Any]:
    """One record that may be the same person: what is alike, what is not, and what somebody decided."""
    return {
        "person_id": other.person_id,
        "name": "A restricted record" if other.restricted else other.name,
        "strong": other.strong,
        "rows": side_by_side(details, other),
        "reasons": words.joined([_inside(reason) for reason in other.reasons]),
        "differences": words.joined([_inside(reason) for reason in other.differences]),
        "decision": {None: "", True: "Same person", False: "Different people"}[decision],
    }


def _inside(reason: str) -> str:
    """A reason in the middle of a sentence; "NHS number" stays as it is."""
    return reason if reason[:2].isupper() else reason[:1].lower() + reason[1:]


def triage_cards(summary: TriageSummary, now: datetime) -> list[dict[str, Any]]:
    """The numbers on top of triage; each opens its list."""
    list_url = reverse("referrals:triage")
    longest = words.sentence(waited(summary.longest_since, now)) if summary.longest_since else "–"
    return [
        {"value": summary.waiting + summary.asked, "label": "Waiting", "url": f"{list_url}?show=waiting"},
        {"value": longest, "label": "Longest wait"},
        {
            "value": summary.overdue,
            "label": "Should have been read by now",
            "url": f"{list_url}?show=overdue",
            "tone": "attention" if summary.overdue else "",
        },
        {
            "value": summary.in_danger,
            "label": "Words that suggest danger",
            "url": f"{list_url}?show=danger",
            "tone": "urgent" if summary.in_danger else "",
        },
    ]


def triage_tabs(summary: TriageSummary, filters: Filters, query: str) -> list[dict[str, Any]]:
    """Filters as links."""
    counted = {
        "waiting": summary.waiting + summary.asked,
        "danger": summary.in_danger,
        "overdue": summary.overdue,
        "asked": summary.asked,
    }
    labels = {
        "waiting": "All waiting",
        "danger": "Read first",
        "overdue": "Overdue",
        "asked": "We asked a question",
        "declined": "Could not be taken",
        "accepted": "Accepted",
    }
    kept = "&".join(part for part in query.split("&") if not part.startswith("show="))
    return [
        {
            "label": label,
            "url": f"?show={show}{'&' + kept if kept else ''}",
            "current": filters.show == show,
            "count": counted.get(show),
        }
        for show, label in labels.items()
    ]
