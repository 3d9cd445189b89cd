"""`linkwell impact synthetic`."""

from __future__ import annotations

import click

from linkwell.evaluation.answer import Answer
from linkwell.evaluation.cli.answering import design
from linkwell.evaluation.synthetic import reporting
from linkwell.evaluation.synthetic.gap import Method
from linkwell.evaluation.synthetic.study import Columns
from linkwell.evaluation.table import Table


@click.command("synthetic")
@click.option("--unit", required=True, help="The column that says which unit: an area, a practice, a hospital.")
@click.option("--time", required=True, help="The column that says when: numbers, months (2026-03) or days.")
@click.option("--outcome", required=True, help="The column of what is compared.")
@click.option("--treated", required=True, multiple=True, help="The unit that was supported. May be given again.")
@click.option("--start", required=True, help="The first time with support, written as in the file.")
@click.option("--method", type=click.Choice([each.value for each in Method]), default=Method.SC.value,
              show_default=True, help="Synthetic control, the same in differences, or plain differences.")  # fmt: skip
@click.option("--person-time", help="The column of how long people were watched: the outcome becomes a rate.")
@click.option("--placebos", type=click.IntRange(min=100), default=1000, show_default=True, help="At most so many runs.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the draws, where units outnumber the runs.")
@design
def synthetic(
    table: Table, *, unit: str, time: str, outcome: str, treated: tuple[str, ...], start: str, method: str,
    person_time: str | None, placebos: int, seed: int,
) -> Answer:  # fmt: skip
    """One unit beside a mixture of others that stands for it."""
    columns = Columns(unit, time, outcome, person_time)
    return reporting.beside_a_mixture(table, columns, treated, start, Method(method), placebos, seed)
