"""`linkwell impact spc`."""

from __future__ import annotations

import datetime as dt
from math import isfinite

import click

from linkwell.evaluation.answer import Answer
from linkwell.evaluation.cli.answering import design
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.spc import reporting
from linkwell.evaluation.spc.chart import Better, process_of
from linkwell.evaluation.table import Table


@click.command("spc")
@click.option("--date", required=True, help="The column of dates.")
@click.option("--value", required=True, help="The column of values, one for each date.")
@click.option("--better", type=click.Choice([each.value for each in Better]), help="Which way is an improvement.")
@click.option("--target", type=float, help="The value that should be reached.")
@click.option("--step", multiple=True, type=click.DateTime(["%Y-%m-%d"]), help="When a known change came. Repeatable.")
@click.option("--baseline", type=click.IntRange(min=1), help="Limits from the first so many values of each period.")
@design
def spc(
    table: Table,
    *,
    date: str,
    value: str,
    better: str | None,
    target: float | None,
    step: tuple[dt.datetime, ...],
    baseline: int | None,
) -> Answer:
    """A process-control chart (XmR) by the rules of “Making data count”."""
    if target is not None and not isfinite(target):
        raise Refused("The target is a number.")
    if target is not None and better is None:
        raise Refused("A target needs --better: whether it is to be reached from below (up) or from above (down).")
    process = process_of(
        table,
        date,
        value,
        better=Better(better) if better else None,
        target=target,
        steps=[day.date() for day in step],
        baseline=baseline,
    )
    return reporting.spc(process, value, target)
