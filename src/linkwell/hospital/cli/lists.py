"""`linkwell hospital`: lists that a hospital gives as files."""

from __future__ import annotations

import click


@click.group()
def hospital() -> None:
    """Lists that a hospital gives as files."""
