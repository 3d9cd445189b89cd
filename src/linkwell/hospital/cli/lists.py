"""`linkwell hospital`: lists that a hospital gives as files."""

from __future__ import annotations

import click

from linkwell.hospital.cli.candidates import look_now


@click.group()
def hospital() -> None:
    """Lists that a hospital gives as files."""


hospital.add_command(look_now)
