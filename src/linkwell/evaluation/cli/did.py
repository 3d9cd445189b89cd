"""`linkwell impact did`."""

from __future__ import annotations

import click

from linkwell.evaluation.answer import Answer
from linkwell.evaluation.cli.answering import design
from linkwell.evaluation.cli.naming import names
from linkwell.evaluation.did import reporting
from linkwell.evaluation.did.cohorts import Control
from linkwell.evaluation.did.study import Columns
from linkwell.evaluation.table import Table


@click.command("did")
@click.option("--unit", required=True, help="The column that says which unit: a practice, an area, a person.")
@click.option("--time", required=True, help="The column that says when: numbers, months (2026-03) or days.")
@click.option("--outcome", required=True, help="The column of what is compared.")
@click.option("--cohort", required=True, help="The column of the time a unit was first supported; empty if never.")
@click.option("--control", type=click.Choice([each.value for each in Control]), default=Control.NEVER.value,
              show_default=True, help="Compare with units that never started, or have not started yet.")  # fmt: skip
@click.option("--covariates", default="", help="Columns of numbers, the same in all rows of a unit, commas between.")
@click.option("--person-time", help="The column of how long people were watched: the outcome becomes a rate.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the bootstrap.")
@design
def did(
    table: Table, *, unit: str, time: str, outcome: str, cohort: str, control: str, covariates: str,
    person_time: str | None, seed: int,
) -> Answer:  # fmt: skip
    """Before and after, beside units that had not started: Callaway and Sant’Anna’s group-time effects."""
    columns = Columns(unit, time, outcome, cohort, person_time, names(covariates))
    return reporting.differences(table, columns, Control(control), seed)
