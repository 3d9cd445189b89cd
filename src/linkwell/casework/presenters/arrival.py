"""How a case began, in words: its clocks, referrals that joined, earlier support, what came along, hand-overs."""

import datetime as dt
from typing import Any

from linkwell.casework.presenters.common import case_title
from linkwell.casework.queries import HandOverRow, JoinedRow, ReferralClocks
from linkwell.casework.rows import CaseRow
from linkwell.core.addresses import address
from linkwell.kernel import words
from linkwell.kernel.clocks import Clock, Status

_STEPS = (("triage", "Referral read"), ("first_try", "First tried"), ("first_talk", "First conversation"))


def clock_words(one: Clock) -> str:
    """ "By Tuesday 3 March (15 working days)", "Monday 2 March, in time", "Thursday 5 March, after its day (…)"."""
    due = f"{words.written_date(one.due)} ({words.counted(one.target, 'working day')})" if one.due else ""
    match one.status:
        case Status.INSIDE if one.done:
            return f"{words.written_date(one.done)}, in time"
        case Status.MISSED if one.done:
            return f"{words.written_date(one.done)}, later than {due}"
        case Status.MISSED:
            return f"Should have been by {due}"
        case Status.ENDED:
            return "Not needed: it ended before"
        case Status.PAUSED:
            return f"Paused{', then by ' + due if due else ''}"
        case _:
            return f"By {due}" if due else "Paused"


def clock_facts(found: ReferralClocks | None) -> list[dict[str, str]]:
    """The clocks of a case as facts; none for one that began without a referral."""
    if found is None:
        return []
    facts = [{"label": "Referral received", "value": words.written_date(found.received_on)}]
    facts += [{"label": label, "value": clock_words(getattr(found, name))} for name, label in _STEPS]
    if found.pauses:
        facts.append({"label": "Days that do not count", "value": "\n".join(_pause(each) for each in found.pauses)})
    return facts


def _pause(pause: Any) -> str:
    end = f" until {words.written_date(pause.ends)}" if pause.ends else ", not ended"
    return f"From {words.written_date(pause.starts)}{end}"


def wait_status(found: ReferralClocks | None) -> dict[str, Any]:
    """For the waiting list: by when the first conversation should be, and whether that day has gone."""
    if found is None:
        return {"due": "", "missed": False}
    return {"due": clock_words(found.first_talk), "missed": found.first_talk.status is Status.MISSED}


def joined_line(row: JoinedRow) -> dict[str, str]:
    return {
        "label": row.reference,
        "url": address("referrals:referral", row.referral_id),
        "words": f"{row.sender}, {words.written_date(row.received_at)}",
    }


def together_line(row: CaseRow) -> dict[str, str]:
    return {"label": row.person_name, "url": address("casework:case", row.id)}


def earlier_line(row: CaseRow) -> dict[str, str]:
    return {
        "label": case_title(row),
        "url": address("casework:case", row.id),
        "words": row.closing_words,
    }


def hand_over_line(row: HandOverRow, today: dt.date) -> dict[str, Any]:
    """One offer to another organisation: where it has got to, and what to do when they are silent."""
    said = ""
    if row.state == "offered" and row.next_date is not None:
        said = f"They should answer by {words.written_date(row.next_date)}."
        if row.is_overdue:
            late = words.counted((today - row.next_date).days, "day")
            said = f"They should have answered {late} ago. " + (
                f"Phone them on {row.team_phone}." if row.team_phone else "Phone them."
            )
    elif row.decided_at is not None:
        said = f"{row.state_words.capitalize()} on {words.written_date(row.decided_at)}."
    return {
        "row": row,
        "title": f"{row.team_name}, {row.organisation_name}",
        "words": said,
        "overdue": row.is_overdue,
        "offered": f"Offered by {row.offered_by} on {words.written_date(row.offered_at)}, {row.reference}",
        "parts": words.joined([part[:1].lower() + part[1:] for part in row.parts]) or "nothing more",
        "open": row.state == "offered",
    }


def known_line(case: CaseRow, *, is_open: bool) -> str:
    """Support a referral can join, in a sentence."""
    who = f"with {case.worker_name}" if case.worker_name else "on the waiting list"
    if is_open:
        return f"{case.person_name}: {case_title(case).lower()}, {who}"
    ended = words.written_date(case.closed_at) if case.closed_at else ""
    return f"{case.person_name}: support ended on {ended} ({case.closing_words.lower()})"
