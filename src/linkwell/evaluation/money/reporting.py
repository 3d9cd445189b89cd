"""What was freed, in words, tables and a picture. It is called a saving only where a budget that is named fell."""

from __future__ import annotations

from dataclasses import dataclass

from linkwell.evaluation.answer import Answer
from linkwell.evaluation.estimate import Estimate
from linkwell.evaluation.money.costs import Cost
from linkwell.evaluation.money.freed import UNSURE, Freed, Range, Worth
from linkwell.evaluation.money.prices import Priced
from linkwell.evaluation.report import Chart, Report, Section, TableOf, charts
from linkwell.evaluation.report.saying import number, percent

GP, MINUTES = "gp_appointment", 10
CAPACITY = (
    "Capacity that is freed is used by somebody else who waits. It is not money in hand: no bed, no appointment and "
    "nobody’s post went away."
)


@dataclass(frozen=True, slots=True)
class Budget:
    """A budget, in pounds, before and after."""

    name: str
    before: float
    after: float

    @property
    def fell_by(self) -> float:
        return self.before - self.after


def money(worth: Worth, priced: Priced, *, budget: Budget | None, draws: int, seed: int) -> Answer:
    told = {**numbers(worth, budget), "prices_of": priced.to}
    return Answer("money", len(worth.freed), told, report(worth, priced, budget, draws, seed))


def numbers(worth: Worth, budget: Budget | None) -> dict[str, object]:
    return {
        "freed": [
            {
                "kind": each.amount.kind,
                "words": each.words,
                "fewer": each.amount.fewer,
                "gp_hours": _hours(each),
                "worth_in_pounds": each.worth,
                "by_source": each.by_source,
            }
            for each in worth.freed
        ],
        "together_in_pounds": worth.together,
        "net_of_support_in_pounds": worth.net,
        "likely_to_be_worth_more_than_it_cost": worth.likely,
        "called": "saving" if budget and budget.fell_by > 0 else "capacity freed",
        "budget": None if budget is None else {"name": budget.name, "fell_by_in_pounds": budget.fell_by},
    }


def report(worth: Worth, priced: Priced, budget: Budget | None, draws: int, seed: int) -> Report:
    return Report(
        title="Capacity freed",
        answer=_answer(worth),
        rests_on=(CAPACITY, *_fallen(budget), *_net(worth)),
        sections=(
            Section("How much of what", (), (_amounts(worth), _picture(worth))),
            Section(
                "Unit costs",
                ("Published figures differ. Each is shown with what the result would be if it alone were right.",),
                tuple(_sources(each, priced.to) for each in worth.freed),
            ),
            _method(priced, draws, seed),
        ),
    )


def _answer(worth: Worth) -> str:
    clear = [each for each in worth.freed if not each.amount.fewer.unclear]
    if not clear:
        words = ", ".join(f"{each.words}: {_fewer(each.amount.fewer)}" for each in worth.freed)
        return f"It cannot be seen that any capacity was freed ({words} fewer)."
    freed = [f"{_fewer(each.amount.fewer)} {each.words}" for each in clear if each.amount.fewer.value > 0]
    used = [f"{_fewer(_turned(each.amount.fewer))} {each.words}" for each in clear if each.amount.fewer.value < 0]
    said = [f"{what}: {', '.join(parts)}" for what, parts in (("Capacity freed", freed), ("More used", used)) if parts]
    return ". ".join(said) + f". Everything together costs {_pounds(worth.together)} at published unit costs."


def _fallen(budget: Budget | None) -> tuple[str, ...]:
    if budget is None:
        return ()
    if budget.fell_by > 0:
        return (
            f"The budget “{budget.name}” fell by £{budget.fell_by:,.0f}. That much is a saving; the rest is capacity.",
        )
    return (f"The budget “{budget.name}” did not fall. Nothing here may be called money saved.",)


def _net(worth: Worth) -> tuple[str, ...]:
    if worth.net is None or worth.likely is None:
        return ("What the support itself cost is not taken off.",)
    return (
        f"After what the support cost: {_pounds(worth.net)}. That it is worth more than it cost has a chance of "
        f"{percent(worth.likely)}.",
    )


def _amounts(worth: Worth) -> TableOf:
    rows = []
    for each in worth.freed:
        fewer, pounds = each.amount.fewer, each.worth
        rows.append((each.words, number(fewer.value), _between(fewer), _rounded(pounds.value), _between_pounds(pounds)))
        hours = _hours(each)
        if hours:
            rows.append(("hours of GP time", number(hours.value), _between(hours), "", ""))
    rows.append(("together", "", "", _rounded(worth.together.value), _between_pounds(worth.together)))
    headings = ("What", "Fewer", "95 % interval", "Worth", "95 % interval")
    return TableOf("Fewer than without the support", headings, tuple(rows))


def _picture(worth: Worth) -> Chart:
    rows = [(each.words, _estimate(each.worth)) for each in worth.freed] + [("together", _estimate(worth.together))]
    return charts.forest(
        "Worth of the capacity in pounds",
        f"What each kind is worth with its 95 % interval, and a line at nought. Together {_pounds(worth.together)}.",
        rows,
        tested=False,
        first="What",
        second="Pounds",
    )


def _estimate(given: Range) -> Estimate:
    return Estimate(given.value, given.low, given.high, 1)


def _sources(each: Freed, prices: str) -> TableOf:
    rows = tuple(
        (
            found.cost.source,
            found.cost.prices,
            _cost(found.cost, as_published=True),
            _cost(found.cost),
            _pounds(found.worth),
            "yes" if found.cost.used else f"no: {found.cost.why_not}",
        )
        for found in each.by_source
    )
    headings = ("Source", "Prices of", "One costs", f"In prices of {prices}", "Then worth", "Counted with")
    return TableOf(f"Cost of {each.words}", headings, rows)


def _method(priced: Priced, draws: int, seed: int) -> Section:
    return Section(
        "How it was worked out",
        (
            f"Everything that is unsure was drawn {draws:,} times (seed {seed}). Amounts follow a normal distribution "
            "through their interval. For the unit cost one of the sources counted with is drawn, each as likely, and a "
            f"figure within its range; a figure without a range from a gamma distribution with {percent(UNSURE)} of it "
            "as standard deviation, which is our choice. The middle and the 95 % between are given.",
            "Amounts of different kinds are drawn apart from each other. Where they rise and fall together the true "
            "interval of their sum is wider.",
            priced.words,
        ),
        checks=True,
    )


def _hours(each: Freed) -> Range | None:
    if each.amount.kind != GP:
        return None
    fewer = each.amount.fewer
    return Range(*(count * MINUTES / 60 for count in (fewer.value, fewer.low, fewer.high)))


def _turned(given: Range) -> Range:
    return Range(-given.value, -given.high, -given.low)


def _cost(cost: Cost, *, as_published: bool = False) -> str:
    by = cost.factor if as_published else 1.0
    low, high = (f"£{end / by:.4g}" for end in (cost.low, cost.high))
    return low if low == high else f"{low} to {high}"


def _fewer(given: Range) -> str:
    return f"{number(given.value)} ({_between(given)})"


def _between(given: Range) -> str:
    return f"{number(given.low)} to {number(given.high)}"


def _pounds(given: Range) -> str:
    return f"{_rounded(given.value)} (95 % interval {_between_pounds(given)})"


def _between_pounds(given: Range) -> str:
    return f"{_rounded(given.low)} to {_rounded(given.high)}"


def _rounded(pounds: float) -> str:
    """To three digits: nobody knows more."""
    sign = "-" if pounds < 0 else ""
    return f"{sign}£{float(f'{abs(pounds):.3g}'):,.0f}"
