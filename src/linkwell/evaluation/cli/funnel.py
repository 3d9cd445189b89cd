"""`linkwell impact funnel`."""

from __future__ import annotations

import click

from linkwell.evaluation.answer import Answer
from linkwell.evaluation.cli.answering import design
from linkwell.evaluation.funnel import reporting
from linkwell.evaluation.funnel.people import STEPS
from linkwell.evaluation.table import Table


@click.command("funnel")
@click.option("--group", multiple=True, required=True, help="A column of groups. May be given again.")
@click.option("--reference", multiple=True, help="The group to compare with; without it, the largest. Repeatable.")
@click.option(
    "--steps", default=",".join(STEPS), show_default=True, help="The columns of steps, in order: 1, 0, empty."
)
@click.option("--person", help="The column that says who, to refuse anybody who is there twice.")
@design
def funnel(
    table: Table, *, group: tuple[str, ...], reference: tuple[str, ...], steps: str, person: str | None
) -> Answer:
    """Who is offered support, and who gets to each step after, group by group. One row a person."""
    return reporting.funnel(
        table,
        groups=group,
        steps=tuple(step.strip() for step in steps.split(",")),
        references=reference,
        person=person,
    )
