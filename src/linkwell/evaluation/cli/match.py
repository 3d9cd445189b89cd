"""`linkwell impact match`."""

from __future__ import annotations

from typing import Literal

import click

from linkwell.evaluation.answer import Answer
from linkwell.evaluation.cli.answering import design
from linkwell.evaluation.cli.naming import names
from linkwell.evaluation.matching import reporting
from linkwell.evaluation.matching.outcome import Asked
from linkwell.evaluation.matching.study import Design
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.table import Table


@click.command("match")
@click.option("--treat", required=True, help="The column that is 1 for people supported and 0 for others.")
@click.option("--covariates", default="", help="Columns of numbers from before the support, with commas between.")
@click.option("--categories", default="", help="Columns of words from before the support, with commas between.")
@click.option("--exact", default="", help="Columns in which partners must be the same, with commas between.")
@click.option("--caliper", type=click.FloatRange(min=0, min_open=True), default=0.2, show_default=True,
              help="How far apart partners may be, in standard deviations of the logit.")  # fmt: skip
@click.option("--replace", is_flag=True, help="A control may be the partner of several people.")
@click.option("--outcome", help="The column of what happened: a score, 0 or 1, or a count of events.")
@click.option("--person-time", help="The column of how long each was watched: the outcome becomes a rate.")
@click.option("--ended", help="The column that is not empty for people who died or moved away.")
@click.option("--good", type=click.Choice(["0", "1"]), help="Which answer of a yes-or-no outcome is the good one.")
@click.option("--subgroup", default="", help="Columns to tell effects apart by, with commas between; matched exactly.")
@click.option("--dose", help="The column of how much support each had.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the order among equally near controls.")
@design
def match(
    table: Table, *, treat: str, covariates: str, categories: str, exact: str, caliper: float, replace: bool,
    outcome: str | None, person_time: str | None, ended: str | None, good: str | None, subgroup: str,
    dose: str | None, seed: int,
) -> Answer:  # fmt: skip
    """People supported beside people like them who were not."""
    who = Design(
        treat,
        names(covariates),
        names(categories),
        names(exact),
        names(subgroup),
        caliper,
        replace=replace,
        seed=seed,
    )
    if not outcome and (person_time or ended or good or dose):
        raise Refused("Without --outcome there is nothing that --person-time, --ended, --good or --dose could tell of.")
    answers: dict[str | None, Literal[0, 1] | None] = {None: None, "0": 0, "1": 1}
    asked = Asked(outcome, person_time, ended, answers[good]) if outcome else None
    return reporting.compared(table, who, asked, dose)
