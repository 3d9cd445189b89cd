"""Where a result came from: the file by its hash, the versions, and what was asked."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from linkwell.evaluation.report import Section, TableOf

LIBRARIES = ("linkwell", "numpy", "scipy", "statsmodels", "pyarrow")


@dataclass(frozen=True, slots=True)
class Source:
    """`asked` are the options of the run as they were given, by name."""

    file: str
    sha256: str
    rows: int
    versions: Mapping[str, str]
    asked: Mapping[str, str]


def source_of(path: Path, rows: int, asked: Mapping[str, str]) -> Source:
    versions = {"python": platform.python_version()} | {name: version(name) for name in LIBRARIES}
    return Source(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), rows, versions, asked)


def section(source: Source) -> Section:
    """The last part of every report: enough to run it again and get the same bytes."""
    rows = (
        ("File of data", source.file),
        ("Its SHA-256", source.sha256),
        ("Rows read", f"{source.rows:,}"),
        *((f"Option {name}", value) for name, value in sorted(source.asked.items())),
        *((f"Version of {name}", number) for name, number in sorted(source.versions.items())),
    )
    words = "The same file, options and versions give the same report, byte for byte."
    table = TableOf("Data, options and versions", ("What", "Which"), rows)
    return Section("Where this came from", (words,), (table,), checks=True)
