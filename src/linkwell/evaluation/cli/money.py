"""`linkwell impact money`."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from linkwell.evaluation import source
from linkwell.evaluation.answer import as_json
from linkwell.evaluation.cli.answering import FILE, FOLDER, refusals
from linkwell.evaluation.money import reporting
from linkwell.evaluation.money.costs import SHIPPED, read_costs
from linkwell.evaluation.money.freed import DRAWS, SEED, Amount, Range, checked, worth_of
from linkwell.evaluation.money.prices import SHIPPED as INDEX
from linkwell.evaluation.money.prices import in_one_price, read_deflator
from linkwell.evaluation.money.reporting import Budget
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.report import writing


@click.command("money")
@click.option(
    "--fewer", multiple=True, help="As bed_day=120,40,200: how many fewer, and the 95 % interval. Repeatable."
)
@click.option("--answer", type=FILE, help="What `linkwell impact its` printed, instead of --fewer.")
@click.option("--kind", help="What the counts of --answer are of, as ae_visit.")
@click.option("--support-cost", help="As 50000,45000,60000: what the support cost, and its interval.")
@click.option("--budget", help="As “Ward 7=900000,850000”: a budget in pounds before and after.")
@click.option("--costs", type=FILE, help="Unit costs of your own, TOML, instead of those that come with Linkwell.")
@click.option("--prices", default="", help="Of which year, as 2023/24. Else the newest of the costs used.")
@click.option("--deflator", type=FILE, help="An index of prices of your own, TOML, instead of that with Linkwell.")
@click.option("--draws", type=click.IntRange(1000, 1_000_000), default=DRAWS, show_default=True)
@click.option("--seed", type=int, default=SEED, show_default=True, help="Of the draws.")
@click.option("--report", type=FOLDER, help="Also write report.html and report.pdf here.")
def money(
    fewer: tuple[str, ...], answer: Path | None, kind: str | None, support_cost: str | None, budget: str | None,
    costs: Path | None, prices: str, deflator: Path | None, draws: int, seed: int, report: Path | None,
) -> None:  # fmt: skip
    """What an effect frees, and what that capacity costs. Never a number without its interval."""
    with refusals():
        known, path = read_costs(costs or SHIPPED), costs or SHIPPED
        amounts = [_amount(each) for each in fewer] + ([_from_answer(answer, kind)] if answer else [])
        support = checked(_range(support_cost, "--support-cost"), "--support-cost") if support_cost else None
        priced = in_one_price(known, {each.kind for each in amounts}, read_deflator(deflator or INDEX), prices.strip())
        worth = worth_of(amounts, priced.costs, support=support, draws=draws, seed=seed)
        found = reporting.money(worth, priced, budget=_budget(budget), draws=draws, seed=seed)
        asked = {
            "fewer": ", ".join(fewer),
            "kind": kind or "",
            "support_cost": support_cost or "",
            "budget": budget or "",
            "prices": prices,
        }
        given = {name: value for name, value in asked.items() if value} | {"seed": str(seed), "draws": str(draws)}
        came_from = source.source_of(path, len(known.costs), given)
        if report:
            sections = (*found.report.sections, source.section(came_from))
            writing.write(replace(found.report, sections=sections), report)
    click.echo(as_json({**found.numbers, "design": found.design, "source": came_from}))


def _amount(text: str) -> Amount:
    kind, _, numbers = text.partition("=")
    return Amount(kind.strip(), checked(_range(numbers, text), text))


def _from_answer(path: Path, kind: str | None) -> Amount:
    """What an interrupted time series found: fewer is the other way round from more."""
    if not kind:
        raise Refused("Say with --kind what the counts of the answer are of, as ae_visit.")
    try:
        more: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["events_more_or_fewer"]
        fewer = Range(-float(more["value"]), -float(more["high"]), -float(more["low"]))
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(f"{path.name} is not the answer of an interrupted time series.") from error
    return Amount(kind, checked(fewer, path.name))


def _range(text: str, what: str) -> Range:
    try:
        value, low, high = (float(part) for part in text.split(","))
    except ValueError as error:
        raise Refused(f"{what}: a number needs its interval, as 120,40,200.") from error
    return Range(value, low, high)


def _budget(text: str | None) -> Budget | None:
    if text is None:
        return None
    name, _, numbers = text.rpartition("=")
    try:
        before, after = (float(part) for part in numbers.split(","))
    except ValueError as error:
        raise Refused("A budget has a name and two numbers, as “Ward 7=900000,850000”.") from error
    if not name.strip() or not before > 0 or not after >= 0:
        raise Refused("A budget has a name and two numbers, as “Ward 7=900000,850000”.")
    return Budget(name.strip(), before, after)
