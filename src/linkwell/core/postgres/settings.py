"""The server's configuration, written anew at each start."""

import os
from collections.abc import Mapping

from linkwell.core.postgres.home import SOCKET_PORT, Layout

MEGABYTE = 1024 * 1024
# An operator's own settings, read last; Linkwell never writes this file.
OWN_SETTINGS = "linkwell.own.conf"

ACCESS_RULES = """\
# Written by Linkwell at each start. A password is always asked for.
local  all          all  scram-sha-256
local  replication  all  scram-sha-256
host   all          all  all  scram-sha-256
"""


def server_settings(paths: Layout, extra: Mapping[str, str] | None = None) -> str:
    """The text of postgresql.conf for this home; `extra` wins over what stands here."""
    chosen = _listening(paths) | _memory() | _safety(paths) | _logging(paths) | dict(extra or {})
    lines = [f"{name} = {quoted(value)}" for name, value in chosen.items()]
    return "\n".join(
        [
            "# Written by Linkwell at each start.",
            *lines,
            f"include_if_exists = '{OWN_SETTINGS}'",
            "",
        ]
    )


def quoted(value: str) -> str:
    """A value as postgresql.conf writes it."""
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def _listening(paths: Layout) -> dict[str, str]:
    return {
        "listen_addresses": "",
        # A list: quoted, because a comma in the path would end the first item.
        "unix_socket_directories": '"' + str(paths.socket_folder).replace('"', '""') + '"',
        "unix_socket_permissions": "0700",
        "port": str(SOCKET_PORT),
        "max_connections": "100",
        "password_encryption": "scram-sha-256",
        "shared_preload_libraries": "pg_stat_statements",
        "timezone": "UTC",
        "default_text_search_config": "pg_catalog.english",
    }


def _memory() -> dict[str, str]:
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MEGABYTE
    return {
        "shared_buffers": f"{min(max(total // 8, 128), 8192)}MB",
        "effective_cache_size": f"{max(total // 2, 256)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": f"{min(max(total // 32, 64), 1024)}MB",
        "random_page_cost": "1.1",  # every machine worth running this on has a solid-state disk
        "jit": "off",  # our queries are short; compiling them costs more than it saves
    }


def _safety(paths: Layout) -> dict[str, str]:
    return {
        "fsync": "on",
        "full_page_writes": "on",
        "synchronous_commit": "on",
        "wal_level": "replica",
        "wal_compression": "on",
        "max_wal_size": "2GB",
        "checkpoint_timeout": "5min",
        # Writes to a temporary file, syncs and renames, and checks a file already there.
        "archive_mode": "on",
        "archive_library": "basic_archive",
        "basic_archive.archive_directory": str(paths.wal_archive),
    }


def _logging(paths: Layout) -> dict[str, str]:
    return {
        "logging_collector": "on",
        "log_directory": str(paths.server_log),
        "log_filename": "server-%a.log",
        "log_truncate_on_rotation": "on",
        "log_rotation_age": "1d",
        "log_rotation_size": "0",
        "log_timezone": "UTC",
        "log_startup_progress_interval": "1s",
        "log_line_prefix": "%m [%p] ",
        # Values in statements and in the details of errors are people's data: kept out of logs.
        "log_statement": "none",
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_parameter_max_length": "0",
    }
