"""A saved mapping: a TOML file that says which heading of a trust's own files is which of our columns.

attendance_id = "Visit no"
arrived_at = "Day+Time"

Where it is of several kinds of files, those of each stand under its name:

[attendances]
attendance_id = "Visit no"

[spells]
spell_id = "Stay no"
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from linkwell.cohorts.columns import READ
from linkwell.kernel.errors import Finding, Invalid


def read(path: Path, kinds: Sequence[str]) -> dict[str, dict[str, str]]:
    """Kind to (our column to heading), of those of `kinds` that the file tells of.

    Raises Invalid where it is no mapping, names a column we do not have, or does not say of which kind it is.
    """
    try:
        # Notepad puts a mark before the first line.
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise Invalid({path.name: f"This is not a TOML file: {wrong}."}) from wrong
    parts = {name: value for name, value in given.items() if isinstance(value, dict)}
    bare = {name: value for name, value in given.items() if name not in parts}
    if bare and (parts or len(kinds) != 1):
        raise Invalid(
            {path.name: f"Write above the headings whose they are: {', '.join(f'[{kind}]' for kind in READ)}."}
        )
    told = {kinds[0]: bare} if bare else parts
    findings = [finding for kind, headings in told.items() for finding in _wrong(kind, headings)]
    if findings:
        raise Invalid(findings)
    return {kind: headings for kind, headings in told.items() if kind in kinds}


def _wrong(kind: str, headings: Mapping[str, object]) -> list[Finding]:
    if kind not in READ:
        return [Finding(kind, f"There are no files called {kind}. There are {', '.join(READ)}.")]
    known = {column.name for column in READ[kind].columns}
    return [
        Finding(name, f"{name} is no column of {kind}, or its heading is not text.")
        for name, heading in headings.items()
        if name not in known or not isinstance(heading, str)
    ]
