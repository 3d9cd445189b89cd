"""People we could offer support to, in words: never a score, never how often somebody comes as a name for them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from linkwell.cohorts import rules
from linkwell.cohorts.rule import CHECK_FIRST, SPEAK_FIRST, Hit
from linkwell.hospital.candidate_states import CANDIDATE
from linkwell.hospital.home_words import TOLD
from linkwell.hospital.queries import FeedRow
from linkwell.hospital.queries.candidates import (
    EMERGENCY,
    LEFT,
    SHOWN,
    CandidateRow,
    Filters,
    OfferRow,
    ReasonRow,
    Summary,
    Where,
)
from linkwell.hospital.queries.here import HereRow
from linkwell.kernel import clock, words

TONES = {
    "open": "new", "offered": "waiting", "accepted": "done", "chose_not": "closed", "not_suitable": "closed",
    "asked_not": "closed",
}  # fmt: skip
TABS = {
    "open": "To offer",
    "accepted": "Said yes",
    "chose_not": "Chose not to",
    "not_suitable": "Not suitable now",
    "asked_not": "Asked us not to",
}
EMPTY = {
    "open": (
        "Nobody to offer support to now",
        "People show up here while they are in this hospital, when one of the rules below sees that support could help "
        "them. Anybody can always ask for support themselves.",
    ),
    "accepted": ("Nobody has said yes yet", "Whoever says yes is here until they are referred, and afterwards."),
    "chose_not": (
        "Nobody has said no",
        "Whoever chooses not to is here until they come to hospital again, so that nobody asks twice by mistake.",
    ),
    "not_suitable": (
        "Nobody is left for later",
        "A clinician can say that now is not the time, and when to look again.",
    ),
    "asked_not": (
        "Nobody asked us not to",
        "Whoever asks us not to offer is here until they say otherwise. They can still ask for support themselves.",
    ),
}


def line(row: CandidateRow, *, clinical: bool) -> dict[str, Any]:
    """One person of the list."""
    return {
        "row": row,
        "age": words.age(row.born_on) if row.born_on else None,
        "where": where(row.where),
        "about": about(row),
        "why": [why(each, clinical=clinical) for each in row.reasons],
        "first": first(row.reasons, clinical=clinical),
        "state": state(row),
        "tone": "attention" if row.to_refer else TONES[row.state],
        "offered": [offered(each) for each in row.offers[:3]],
        "later": later(row.review_on, row.review_reason),
    }


def here(row: HereRow) -> dict[str, Any]:
    """Somebody treated here, whether or not a rule has found them."""
    known = row.state and not row.asked_not
    show = next((show for show, states in SHOWN.items() if row.state in states), "")
    return {
        "row": row,
        "age": words.age(row.born_on) if row.born_on else None,
        "where": where(row.where),
        "about": about(row),
        "state": CANDIDATE.words["asked_not" if row.asked_not else row.state or "gone"],
        "tone": TONES["asked_not" if row.asked_not else row.state or "chose_not"],
        "on_list": address(Filters(show, words=row.family_name)) if known else "",
    }


def about(row: CandidateRow | HereRow) -> str:
    """Who it is, beside the name: two people of one name may lie on one ward."""
    age = f"{words.counted(words.age(row.born_on), 'year')} old. " if row.born_on else ""
    return f"{age}{where(row.where)}."


def state(row: CandidateRow) -> str:
    if row.to_refer:
        return "said yes, not referred yet"
    return "not offered again yet" if row.state == "open" and row.offers else CANDIDATE.words[row.state]


def where(place: Where | None) -> str:
    """ "A&E" or the ward and bed; for somebody who has left, when."""
    if place is None:
        return "Not here now"
    ward = EMERGENCY if place.emergency else place.ward or "Ward not known"
    at = ", ".join([ward, *(f"{what} {which}" for what, which in (("bay", place.bay), ("bed", place.bed)) if which)])
    if place.left_at is not None:
        return f"Left {words.written_date(clock.london(place.left_at).date())}, was in {at}"
    return at


def why(reason: ReasonRow, *, clinical: bool) -> str:
    """What a rule saw, in one sentence; to whom to speak first is said once, by `first`."""
    seen = {name: value for name, value in reason.evidence.items() if name != "speak_first"}
    return rules.sentence(Hit("", reason.rule, reason.since, 0, seen), clinical=clinical)


def first(reasons: Iterable[ReasonRow], *, clinical: bool) -> str:
    """To whom to speak before offering, where anything says so."""
    speak = any(reason.evidence.get("speak_first") == "yes" for reason in reasons)
    return (SPEAK_FIRST if clinical else CHECK_FIRST) if speak else ""


def offered(row: OfferRow) -> str:
    on = words.written_date(clock.london(row.offered_at).date())
    answers: Mapping[str, str] = {"": "thinking about it", "accepted": "said yes", "chose_not": "chose not to"}
    referred = f", referred: {TOLD.get(row.told, 'they wrote to you')}" if row.referral_id else ""
    return f"Offered {on}: {answers[row.answer]}{referred}"


def later(on: dt.date | None, reason: str) -> str:
    return f"{reason}. Look again on {words.written_date(on)}" if on else ""


def reason_words(rule: str) -> str:
    known = rules.named(rule)
    return known.words if known else "A rule of this hospital"


def narrowed(filters: Filters) -> bool:
    return bool(filters.ward or filters.reason or filters.words)


def tabs(counts: Mapping[str, int], filters: Filters) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "url": f"?{address(Filters(show, filters.ward, filters.reason, filters.words))}",
            "current": show == filters.show,
            "count": counts[show],
        }
        for show, label in TABS.items()
    ]


def address(filters: Filters) -> str:
    given = {"show": filters.show, "ward": filters.ward, "reason": filters.reason, "q": filters.words}
    return urlencode({name: value for name, value in given.items() if value})


def places(summary: Summary) -> tuple[str, ...]:
    """Where somebody can be looked for."""
    return (EMERGENCY, *summary.wards, LEFT)


def from_address(given: Mapping[str, str], summary: Summary) -> Filters:
    """What an address asks for; anything that is not there is left out."""
    show, ward, reason = given.get("show", ""), given.get("ward", ""), given.get("reason", "")
    return Filters(
        show=show if show in SHOWN else "open",
        ward=ward if ward in places(summary) else "",
        reason=reason if reason in summary.reasons else "",
        words=given.get("q", "")[:100].replace("\x00", "").strip(),
    )


def feeds(rows: Iterable[FeedRow]) -> dict[str, Any]:
    """How fresh the news is: `stale` says so loudly, `fresh` in passing, and `none` that nothing ever came."""
    found = list(rows)
    return {
        "none": not found,
        "stale": [f"{row.name}: {_heard(row)}" for row in found if row.stale],
        "fresh": [f"{row.name}: {_heard(row)}" for row in found if not row.stale],
    }


def _heard(row: FeedRow) -> str:
    if row.unread:
        return f"{words.counted(row.unread, 'message')} received but not yet read"
    return f"last heard {words.ago(row.last_heard_at)}" if row.last_heard_at else "never heard"
