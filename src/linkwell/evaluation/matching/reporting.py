"""A matched comparison in words, tables and pictures."""

from __future__ import annotations

from linkwell.evaluation.answer import Answer
from linkwell.evaluation.matching.balance import MOST, SMALL, worst
from linkwell.evaluation.matching.effect import Effect
from linkwell.evaluation.matching.outcome import Asked, Outcome, read_outcome
from linkwell.evaluation.matching.parts import Part
from linkwell.evaluation.matching.result import Result, result
from linkwell.evaluation.matching.study import AT, Design, Matched, match
from linkwell.evaluation.report import Chart, Report, Section, TableOf, charts
from linkwell.evaluation.report.saying import direction, estimate, interval, number, p_is, p_value, percent
from linkwell.evaluation.table import Table

HIDDEN = (
    "People were matched on what was written down. Whatever was not (how ready somebody was to change, who had a "
    "neighbour) may differ and may be the reason."
)


def compared(table: Table, design: Design, asked: Asked | None, dose: str | None) -> Answer:
    """The study of a table as numbers and as a report. Raises Refused."""
    outcome = read_outcome(table, asked) if asked else None
    matched = match(table, design)
    amounts = (dose, table.numbers(dose, missing=True)) if dose else None
    found = result(matched, outcome, amounts) if outcome else None
    told = report(matched, design, outcome, found)
    return Answer("match", len(matched.pairs), numbers(matched, outcome, found), told)


def numbers(matched: Matched, outcome: Outcome | None, found: Result | None) -> dict[str, object]:
    chances = matched.chances
    given: dict[str, object] = {
        "people": matched.people,
        "propensity": {"at": AT, "treated": chances.treated, "controls": chances.controls},
        "caliper": matched.pairs.caliper,
        "balance": matched.balance,
        "treated_who_found_nobody": matched.left,
    }
    if outcome is None or found is None:
        return given
    return given | {
        "outcome": {"name": outcome.name, "kind": outcome.kind},
        "effect": {"matched": found.within, "doubly_robust": found.everyone},
        "ended_early_or_not_known": found.ended,
        "hidden_cause": {"e_values": found.hidden, "rosenbaum": found.bounds},
        "groups": found.parts,
        "groups_differ": found.differ,
    }


def report(matched: Matched, design: Design, outcome: Outcome | None, found: Result | None) -> Report:
    sections = [_who(matched), _balance(matched)]
    if outcome and found:
        sections = [_effects(outcome, found), *sections, *_groups(found), _sensitivity(found)]
    name = outcome.name if outcome else "who is compared with whom"
    return Report(
        title=f"Compared with people like them: {name}",
        answer=_answer(matched, outcome, found),
        rests_on=_rests_on(matched, found),
        sections=(*sections, _method(design)),
    )


def _answer(matched: Matched, outcome: Outcome | None, found: Result | None) -> str:
    if outcome is None or found is None:
        return f"{len(matched.pairs):,} pairs of people could be made; no outcome was looked at."
    main, null = found.within.main
    which = direction(main, better="higher", null=null)
    if which == "unclear":
        size = f"the {_word(null)} is {estimate(main)}, and could as well be none."
        return f"No effect on {outcome.name} can be seen: {size}"
    more = "higher" if which == "better" else "lower"
    return (
        f"Among people who were supported, {outcome.name} was {more} than among people like them who were not: "
        f"the {_word(null)} is {number(main.value)} (95 % interval {interval(main.low, main.high)})."
    )


def _word(null: float) -> str:
    return "ratio" if null else "difference"


def _rests_on(matched: Matched, found: Result | None) -> tuple[str, ...]:
    people = matched.people
    lines = [
        f"It rests on {people.paired:,} of {people.treated:,} supported people, each beside one of {people.used:,} "
        f"chosen from {people.controls:,} others.",
        HIDDEN,
    ]
    if people.alone:
        lines.append(f"{people.alone:,} supported people had nobody like them. The result does not speak for them.")
    if found and (found.ended.treated_ended or found.ended.controls_ended):
        lines.append(
            f"{found.ended.treated_ended:,} supported people and {found.ended.controls_ended:,} of the others died or "
            "moved away. That is never counted as a success."
        )
    return tuple(lines)


def _effects(outcome: Outcome, found: Result) -> Section:
    robust = found.everyone
    rows = [
        *_effect_rows("The pairs, adjusted", found.within),
        *_effect_rows("Everyone supported (doubly robust)", robust.effect),
    ]
    unit = {"score": "mean", "yes or no": "share", "rate": "events in one unit of time"}[outcome.kind]
    words = [
        f"{outcome.name} is given as {unit}. The two ways rest on different assumptions and speak of different people: "
        "those who found a partner, and everyone supported.",
        f"In the second way the controls, weighted, are worth {number(robust.controls_worth)} equal ones.",
    ]
    unknown = found.ended.treated_unknown + found.ended.controls_unknown
    if unknown:
        words.append(f"The outcome of {unknown:,} people among the pairs is not known; their pairs are left out.")
    headings = ("Way", "Supported", "Not supported", "Difference or ratio", "95 % interval", "p")
    return Section(
        "What difference it made", tuple(words), (TableOf(f"Effect on {outcome.name}", headings, tuple(rows)),)
    )


def _effect_rows(name: str, effect: Effect) -> list[tuple[str, ...]]:
    both = [("difference", effect.difference), ("ratio", effect.ratio)]
    return [
        (
            f"{name}: {word}", number(effect.treated), number(effect.controls), number(each.value),
            interval(each.low, each.high), p_value(each.p),
        )
        for word, each in both if each
    ]  # fmt: skip


def _who(matched: Matched) -> Section:
    people, chances = matched.people, matched.chances
    count = TableOf(
        "People",
        ("Who", "How many"),
        (
            ("Supported", f"{people.treated:,}"),
            ("Not supported", f"{people.controls:,}"),
            ("Supported, with a partner", f"{people.paired:,}"),
            ("Supported, nobody like them", f"{people.alone:,}"),
            ("Different partners", f"{people.used:,}"),
        ),
    )
    rows = tuple(
        (percent(at), percent(ours), percent(others))
        for at, ours, others in zip(AT, chances.treated, chances.controls, strict=True)
    )
    overlap = TableOf(
        "How likely each was to be supported", ("Share of people below", "Supported", "Not supported"), rows
    )
    parts: tuple[TableOf | Chart, ...] = (count, overlap)
    if matched.left:
        cells = tuple(
            (each.name, number(each.alone), number(each.paired), number(each.difference)) for each in matched.left
        )
        headings = ("What", "Found nobody", "Found a partner", "Standardised difference")
        parts = (*parts, TableOf("Supported people with and without a partner", headings, cells))
    return Section("Who is compared with whom", (), parts)


def _balance(matched: Matched) -> Section:
    furthest = worst(matched.balance)
    off = abs(furthest.difference_after)
    words = (
        f"After matching the two sides differ most in {furthest.name}: by {number(off)} standard deviations. Below "
        f"{SMALL} is small; past {MOST} the comparison would have been refused.",
    )
    picture = charts.love(
        "How alike the two sides are",
        f"Standardised difference of {len(matched.balance)} covariates before and after matching.",
        [(each.name, each.difference_before, each.difference_after) for each in matched.balance],
    )
    rows = tuple(
        (
            each.name, number(each.treated_before), number(each.controls_before), number(each.controls_after),
            number(each.difference_before), number(each.difference_after),
            _ratio(each.ratio_before), _ratio(each.ratio_after),
        )
        for each in matched.balance
    )  # fmt: skip
    headings = (
        "Covariate", "Supported", "Others before", "Others after", "Difference before", "Difference after",
        "Ratio of variances before", "Ratio after",
    )  # fmt: skip
    return Section("How alike they are", words, (picture, TableOf("Covariates", headings, rows)), warning=off > SMALL)


def _ratio(value: float | None) -> str:
    return number(value) if value is not None else "–"


def _groups(found: Result) -> list[Section]:
    if not found.parts:
        return []
    told = [(f"{each.column}: {each.group}", *each.effect.main) for each in found.parts if each.effect]
    words = [
        "Many groups were looked at: p-values are made right for how many (Holm), intervals are not. Who had more "
        "support may differ in what made them stay, so amounts of support are no trial of the amount.",
        *(
            f"Whether groups of {each.column} differ at all: {p_is(each.p)} (Cochran’s Q {number(each.q)})."
            for each in found.differ
        ),
    ]
    parts: list[TableOf | Chart] = []
    if told:
        null = told[0][2]
        seen = f"Effect and 95 % interval of {len(told)} groups, against a line at no effect."
        rows = [(name, each) for name, each, _ in told]
        parts.append(charts.forest("Effect in each group", seen, rows, null=null, first="Group", second="Effect"))
    parts.append(TableOf("Groups", ("Group", "Pairs", "Effect", "p (Holm)"), tuple(map(_group_row, found.parts))))
    return [Section("For whom, and how much of it", tuple(words), tuple(parts))]


def _group_row(part: Part) -> tuple[str, ...]:
    said = estimate(part.effect.main[0]) if part.effect else "too few"
    return f"{part.column}: {part.group}", f"{part.pairs:,}", said, p_value(part.p)


def _sensitivity(found: Result) -> Section:
    words, parts = [HIDDEN], []
    if found.hidden:
        words.append(
            "To move the estimate to no effect, a hidden cause would need a risk ratio of "
            f"{number(found.hidden.estimate)} both with being supported and with the outcome (E-value); to make the "
            f"interval touch it, {number(found.hidden.interval)}."
        )
    if found.bounds:
        rows = tuple((number(gamma), p_value(p)) for gamma, p in found.bounds.table)
        title = f"Were one of a pair so many times likelier to be supported ({found.bounds.test})"
        parts.append(TableOf(title, ("Times likelier", "Largest p"), rows))
        breaks = found.bounds.breaks
        words.append(
            f"The result is no longer sure once that is {number(breaks)} times (Rosenbaum)."
            if breaks is not None
            else "The result stays sure at 100 times (Rosenbaum)."
        )
    return Section("What a hidden cause would need", tuple(words), tuple(parts))


def _method(design: Design) -> Section:
    how = "may serve several people" if design.replace else "serves one person"
    same = ", ".join(dict.fromkeys((*design.subgroups, *design.exact)))
    return Section(
        "How it was worked out",
        (
            f"Propensity by logistic regression on {len(design.covariates) + len(design.kinds)} covariates, without a "
            "look at any outcome. Each supported person gets the nearest control on its logit, within "
            f"{number(design.caliper)} pooled standard deviations; a control {how}; the hardest to match choose first; "
            f"equally near controls are drawn by seed {design.seed}.",
            *([f"Alike exactly in: {same}."] if same else []),
            "Effect among pairs: regression on support and covariates with errors that allow for likeness within "
            "pairs (Abadie and Spiess 2022). Doubly robust: controls weighted by their odds of support and a "
            "regression among them, errors by influence functions that allow for both models having been fitted.",
            "Balance in units of the spread among supported people before matching. Refused where fewer than half "
            f"find a partner, or a covariate stays more than {MOST} apart.",
        ),
        checks=True,
    )
