"""The words of ending support: what was tried, what is missing, who decides."""

from typing import Any

from linkwell.casework.endings import ENDINGS
from linkwell.casework.queries import ClosingRequestRow, Reaching
from linkwell.casework.reached import BY_WAY, Try
from linkwell.kernel import words


def try_line(one: Try, *, counts: bool) -> str:
    """ "Monday 2 March, 10am, by phone"; says so when it counts for nothing."""
    line = f"{words.written_datetime(one.at)}, {BY_WAY[one.way]}"
    return line if counts else f"{line} (does not count: not a safe way, or before the details were put right)"


def reaching(found: Reaching) -> dict[str, Any]:
    """What was tried, what is still missing, which ways are left out, and why a lead decides."""
    counted = set(found.outcome.counted)
    return {
        "tries": [try_line(each, counts=each in counted) for each in found.tries],
        "checks": found.checks,
        "missing": found.outcome.missing,
        "skipped": found.outcome.skipped,
        "because": found.outcome.because,
    }


def asked(row: ClosingRequestRow) -> list[dict[str, str]]:
    """What the lead was asked, as facts on the page where they decide."""
    facts = [
        {"label": "Asked by", "value": f"{row.asked_by}, {words.written_datetime(row.asked_at)}"},
        {"label": "To end support as", "value": row.reason_words},
        {"label": "Why", "value": row.why},
    ]
    if row.answer:
        facts.append({"label": ENDINGS[row.reason].question, "value": row.answer})
    if row.decided_at is not None:
        said = "Support ended" if row.agreed else "Support goes on"
        facts.append(
            {"label": "Decided", "value": f"{said}. {row.decided_by}, {words.written_datetime(row.decided_at)}"}
        )
        facts.append({"label": "What they said", "value": row.decision_note})
    return [each for each in facts if each["value"]]
