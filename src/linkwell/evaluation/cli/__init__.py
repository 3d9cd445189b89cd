"""`linkwell impact`: did it help, asked of files of data. No database; each command loads only what it needs."""

from __future__ import annotations

from importlib import import_module

import click

# The name of each command is that of its module and of the function in it.
COMMANDS = {
    "money": "What an effect frees, and what that costs, with an interval.",
    "protocol": "Say what will be asked before the data are opened.",
    "funnel": "Who gets to each step, group by group.",
    "did": "Before and after, beside units that had not started.",
    "synthetic": "One unit beside a mixture of others that stands for it.",
    "match": "People supported beside people like them who were not.",
    "its": "Interrupted time series: a rate before and after something began.",
    "paired": "First and last score of the same person.",
    "spc": "A process-control chart by the rules of “Making data count”.",
}


class OnDemand(click.Group):
    """A group that says its commands without importing them: the libraries behind them are slow to start."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command = getattr(import_module(f"{__name__}.{name}"), name)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=OnDemand)
def impact() -> None:
    """Did it help? Designs that can answer, and a plain refusal where the data will not carry a claim."""
