"""`linkwell impact paired`."""

from __future__ import annotations

from typing import Any

import click

from linkwell.evaluation.answer import Answer
from linkwell.evaluation.cli.answering import design
from linkwell.evaluation.paired import reporting
from linkwell.evaluation.paired.change import Better
from linkwell.evaluation.paired.drift import Reference
from linkwell.evaluation.paired.study import SEED, Asked
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.table import Table


@click.command("paired")
@click.option("--person", required=True, help="The column that says who.")
@click.option("--when", required=True, help="The column that says when: dates, or numbers such as months.")
@click.option("--score", required=True, help="The column of scores. An empty cell is a missing score, never nought.")
@click.option(
    "--better", type=click.Choice([each.value for each in Better]), default=Better.HIGHER.value, show_default=True
)
@click.option("--minimum-change", type=float, help="The smallest change that matters to people, in points.")
@click.option("--reliable-change", type=float, help="The smallest change that is more than chance, in points.")
@click.option("--group", multiple=True, help="A column to compare groups by. May be given again.")
@click.option("--entry-threshold", type=float, help="The score by which people came: this bad, or worse.")
@click.option("--reference-mean", type=float, help="Mean score of people who were not chosen by it.")
@click.option("--reference-sd", type=float, help="Standard deviation of the same people's scores.")
@click.option("--seed", type=int, default=SEED, show_default=True, help="Of the bootstrap.")
@design
def paired(
    table: Table, *, better: str, minimum_change: float | None, reliable_change: float | None, group: tuple[str, ...],
    entry_threshold: float | None, reference_mean: float | None, reference_sd: float | None, **asked: Any,
) -> Answer:  # fmt: skip
    """First and last score of the same person. Whoever has no second score is counted and compared."""
    return reporting.paired(
        table,
        Asked(
            **asked,
            better=Better(better),
            minimum=minimum_change,
            reliable=reliable_change,
            groups=group,
            threshold=entry_threshold,
            reference=_reference(reference_mean, reference_sd),
        ),
    )


def _reference(mean: float | None, sd: float | None) -> Reference | None:
    if (mean is None) != (sd is None):
        raise Refused("A reference is a mean and a standard deviation together.")
    return None if mean is None or sd is None else Reference(mean, sd)
