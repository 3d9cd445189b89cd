"""Where a hospital's activity files are: Parquet of our own columns, in a folder of its own."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID

from linkwell.core.postgres.home import linkwell_home

TABLES = ("attendances", "spells", "delays")


def files_of(organisation_id: UUID) -> Mapping[str, Sequence[Path]]:
    """The files this hospital has loaded, by table; none where it has loaded nothing."""
    return files_in(linkwell_home() / "activity" / str(organisation_id))


def files_in(folder: Path) -> Mapping[str, Sequence[Path]]:
    """Files of a folder by table: `attendances.parquet`, or any number of them in a folder `attendances`."""
    return {name: sorted([*folder.glob(f"{name}*.parquet"), *(folder / name).rglob("*.parquet")]) for name in TABLES}
