"""Progress of long work, on the terminal."""

import sys

import click


def shown(message: str, done: int | None = None, total: int | None = None) -> None:
    """One line for each step; steps that count are rewritten in place on a terminal."""
    count = f" {done:,} of {total:,}" if done is not None and total else f" {done:,}" if done is not None else ""
    again = sys.stderr.isatty() and done is not None and done != total
    click.echo(f"  {message}{count}" + ("\r" if again else "\n"), err=True, nl=False)
