"""Move what a home holds out of the way of a restore, without deleting any of it."""

from datetime import UTC, datetime
from pathlib import Path

from linkwell.core.postgres.home import Layout


def holds_anything(paths: Layout) -> bool:
    """Whether a home has a database, files, keys, seals or bases that a restore would replace."""
    if paths.cluster.exists() or paths.unfinished_restore.exists():
        return True
    return any(folder.exists() and any(folder.iterdir()) for folder in _kept(paths))


def _kept(paths: Layout) -> list[Path]:
    return [paths.files, paths.keys, paths.audit_heads, paths.bases]


def move_aside(paths: Layout) -> Path:
    """Move the database (stopped), files, keys, seals and bases into a folder beside them."""
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}"
    aside = paths.home / f"replaced-{stamp}"
    aside.mkdir(mode=0o700)
    if paths.database_link.is_symlink():
        real = paths.database
        moved = real.rename(real.with_name(f"{real.name}-replaced-{stamp}"))
        paths.database_link.unlink()
        (aside / "database").symlink_to(moved)
    elif paths.database_link.exists():
        paths.database_link.rename(aside / "database")
    for folder in _kept(paths):
        if folder.exists():
            folder.rename(aside / folder.name)
    return aside
