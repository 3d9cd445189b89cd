"""What came of it, in one sentence for each score, and a picture of the same size whatever it says."""

from typing import Any

from linkwell.kernel import words
from linkwell.outcomes.details import PackResult, Results, ScoreResult, UseRow
from linkwell.outcomes.presenters.scores import number

WIDTH, EDGE = 320, 12


def page(found: Results) -> dict[str, Any]:
    """The funnel in people, and every score."""
    return {
        "cards": [
            {"value": found.supported, "label": "people spoken with"},
            {"value": found.asked, "label": "asked at least once"},
            {"value": found.twice, "label": "asked a second time"},
        ],
        "packs": [_pack(each) for each in found.packs],
    }


def _pack(each: PackResult) -> dict[str, Any]:
    return {
        "title": each.title,
        "scores": [_score(one) for one in each.scores if one.change is not None],
        "not_known": _not_known([one for one in each.scores if one.change is None]),
        "table": [_row(one) for one in each.scores],
    }


def _not_known(scores: list[ScoreResult]) -> list[str]:
    """Why nothing can be said, once for all scores of which it is true."""
    by_reason: dict[str, list[str]] = {}
    for one in scores:
        by_reason.setdefault(said(one), []).append(one.words)
    return [f"{words.joined(names)}: {reason[:1].lower()}{reason[1:]}" for reason, names in by_reason.items()]


def _score(one: ScoreResult) -> dict[str, Any]:
    return {"words": one.words, "said": said(one), "missing": missing(one), "picture": _picture(one)}


def said(one: ScoreResult) -> str:
    """The result in one sentence, or why there is none."""
    if one.refused or one.change is None or one.first is None or one.last is None:
        return one.refused
    value, low, high = one.change
    way = "Higher is better" if one.higher_is_better else "Lower is better"
    return (
        f"{words.counted(one.paired, 'person', 'people')} answered twice: from {_round(one.first)} to"
        f" {_round(one.last)} on average, {_signed(value)} (95% interval {_signed(low)} to {_signed(high)})."
        f" {_sure(one)} {one.better} better, {one.same} the same, {one.worse} worse. {way}."
    )


def _sure(one: ScoreResult) -> str:
    """No effect is said as plainly as one."""
    _, low, high = one.change or (0.0, 0.0, 0.0)
    if low <= 0 <= high:
        return "No change can be told from these numbers."
    return "That is better." if (low > 0) == one.higher_is_better else "That is worse."


def missing(one: ScoreResult) -> str:
    """Who is not in it."""
    others = one.people - one.paired
    if not others:
        return ""
    began = ""
    if one.first_of_others is not None and one.first is not None:
        began = f" They began at {_round(one.first_of_others)}, the others at {_round(one.first)}."
    who = words.counted(others, "person has no second answer and is", "people have no second answer and are")
    return f"{who} not in this.{began}"


def _row(one: ScoreResult) -> list[str]:
    if one.change is None or one.first is None or one.last is None:
        return [one.words, str(one.people), str(one.paired), "–", "–", "–"]
    value, low, high = one.change
    change = f"{_signed(value)} ({_signed(low)} to {_signed(high)})"
    return [one.words, str(one.people), str(one.paired), _round(one.first), _round(one.last), change]


def _picture(one: ScoreResult) -> dict[str, float] | None:
    """A dumbbell on the whole scale of the score."""
    if one.first is None or one.last is None:
        return None

    def place(value: float) -> float:
        return round(EDGE + (value - one.lowest) / (one.highest - one.lowest) * (WIDTH - 2 * EDGE), 1)

    return {"first": place(one.first), "last": place(one.last)}


def _round(value: float) -> str:
    return f"{value:.1f}"


def _signed(value: float) -> str:
    shown = f"{value:+.1f}".replace("-", "\N{MINUS SIGN}")
    return "0.0" if shown[1:] == "0.0" else shown


def use(row: UseRow) -> dict[str, str]:
    """ "Your numbers went to the board on 3 March." """
    given = row.use
    period = f"{words.short_date(given.from_on)} to {words.short_date(given.to_on)}"
    return {
        "words": f"Your numbers went to {given.to_whom} on {words.short_date(given.used_on)}.",
        "more": f"{given.what}, {period}. {number(row.mine)} of your answers were in it.",
    }
