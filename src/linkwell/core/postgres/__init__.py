"""The database: PostgreSQL run by Linkwell itself, or another server the environment names."""

from linkwell.core.postgres.backup import BackupReport, backup, keep_window
from linkwell.core.postgres.errors import DatabaseError, NotReachable, UnsafeDatabase
from linkwell.core.postgres.home import Layout, layout, linkwell_home
from linkwell.core.postgres.progress import Progress, silent
from linkwell.core.postgres.ready import ensure_database
from linkwell.core.postgres.restore import RestoreReport, restore
from linkwell.core.postgres.roles import EXTENSIONS, create_database, drop_database
from linkwell.core.postgres.sealed import DamagedBackup, WrongPassphrase
from linkwell.core.postgres.selftest import refuse_if_privileged
from linkwell.core.postgres.server import (
    RunningServer,
    ServerStatus,
    remove_home,
    start,
    status,
    stop,
)
from linkwell.core.postgres.temporary import temporary_server
from linkwell.core.postgres.urls import DatabaseUrls, database_urls

__all__ = [
    "EXTENSIONS",
    "BackupReport",
    "DamagedBackup",
    "DatabaseError",
    "DatabaseUrls",
    "Layout",
    "NotReachable",
    "Progress",
    "RestoreReport",
    "RunningServer",
    "ServerStatus",
    "UnsafeDatabase",
    "WrongPassphrase",
    "backup",
    "create_database",
    "database_urls",
    "drop_database",
    "ensure_database",
    "keep_window",
    "layout",
    "linkwell_home",
    "refuse_if_privileged",
    "remove_home",
    "restore",
    "silent",
    "start",
    "status",
    "stop",
    "temporary_server",
]
