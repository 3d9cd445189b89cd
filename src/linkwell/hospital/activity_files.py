"""Activity files in a folder that somebody names, beside the hospital's own store (`activity.queries.files`)."""

from collections.abc import Mapping, Sequence
from pathlib import Path

TABLES = ("attendances", "spells", "delays")


def files_in(folder: Path) -> Mapping[str, Sequence[Path]]:
    """Files of a folder by table: `attendances.parquet`, or any number of them in a folder `attendances`."""
    return {name: sorted([*folder.glob(f"{name}*.parquet"), *(folder / name).rglob("*.parquet")]) for name in TABLES}
