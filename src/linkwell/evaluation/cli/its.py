"""`linkwell impact its`."""

from __future__ import annotations

import click

from linkwell.evaluation.answer import Answer
from linkwell.evaluation.cli.answering import design
from linkwell.evaluation.its import reporting
from linkwell.evaluation.its.model import Family
from linkwell.evaluation.its.series import Columns
from linkwell.evaluation.table import Table


@click.command("its")
@click.option("--time", required=True, help="The column of times: dates, months as 2026-03, or numbers in order.")
@click.option("--outcome", required=True, help="The column of counts, one for each time.")
@click.option("--intervention", required=True, help="The column that is 0 before and 1 from when it began.")
@click.option("--offset", help="The column of what the count is out of: people, person-months, beds.")
@click.option("--harmonics", type=click.IntRange(min=0), default=0, show_default=True, help="Sine pairs for seasons.")
@click.option("--family", type=click.Choice([each.value for each in Family]), default="quasi", show_default=True)
@click.option("--season", type=click.FloatRange(min=2), help="Steps in a year, where times are plain numbers [12].")
@design
def its(
    table: Table,
    *,
    time: str,
    outcome: str,
    intervention: str,
    offset: str | None,
    harmonics: int,
    family: str,
    season: float | None,
) -> Answer:
    """Interrupted time series: did level or slope change when something began?"""
    given = Columns(time, outcome, intervention, offset)
    return reporting.its(table, given, Family(family), harmonics=harmonics, season=season)
