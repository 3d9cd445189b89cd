"""Which heading of a file is which of our columns: by our name, by one of HES or ECDS, or by a saved mapping."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from linkwell.cohorts.columns import Table
from linkwell.kernel.errors import Finding, Invalid

_HES_DIAGNOSIS = re.compile(r"^(?:diag4?\d\d|diag4\d\d|icd10?diagnosis\d\d?|diagnosisicd\d\d?)$")
_ECDS_DIAGNOSIS = re.compile(r"^(?:ecdiagnosissnomedct\d\d?|ecdiagnosis\d\d?|emergencycarediagnosis\d\d?)$")

# A date and a time, or a number in two parts. Diagnoses may be in any number of columns.
_MOST = {"time": 2, "text": 2}
_WORDS = {1: "one", 2: "one, or from two"}


@dataclass(frozen=True, slots=True)
class Headings:
    """`columns`: our name to the headings it is read from (two are a date and a time; of diagnoses, any number).

    `icd10` and `snomed` are headings with one diagnosis each. `episode` and `order` are the key and the order of an
    episode, where rows are episodes and several make a stay.
    """

    columns: Mapping[str, tuple[str, ...]]
    icd10: tuple[str, ...] = ()
    snomed: tuple[str, ...] = ()
    episode: str | None = None
    order: str | None = None


def found(headings: Sequence[str], table: Table, mapping: Mapping[str, str] | None = None) -> Headings:
    """The headings of a file understood. `mapping`: our name to the file's heading (or some with +), believed first.

    Raises Invalid where a needed column is not there, and says what it looked for, or where too many are joined.
    """
    known = {plain(heading): heading for heading in headings}
    columns = {}
    for column in table.columns:
        wanted = [mapping[column.name]] if mapping and column.name in mapping else [column.name, *column.others]
        read_from = next((each for name in wanted if (each := _together(name, known))), None)
        if read_from:
            columns[column.name] = read_from
    episode = known.get("epikey") if table.name == "spells" else None
    missing = [
        Finding(column.name, f"There is no column for {column.name} ({column.meaning}) in this file.")
        for column in table.columns
        if column.required and column.name not in columns and not (column.name == "spell_id" and episode)
    ]
    if missing or (missing := _mapped_to_nothing(mapping or {}, known) or _too_many(mapping or {}, table)):
        raise Invalid(missing)
    return Headings(
        columns,
        tuple(heading for name, heading in known.items() if _HES_DIAGNOSIS.match(name) and table.name == "spells"),
        tuple(heading for name, heading in known.items() if _ECDS_DIAGNOSIS.match(name)),
        episode,
        known.get("epiorder"),
    )


def plain(heading: str) -> str:
    """A heading without case, spaces, underscores or the mark some programs put before the first."""
    return re.sub(r"[^a-z0-9]", "", heading.lower())


def _mapped_to_nothing(mapping: Mapping[str, str], known: Mapping[str, str]) -> list[Finding]:
    return [
        Finding(name, f"The saved mapping reads {name} from {heading}, and there is no such heading in this file.")
        for name, heading in mapping.items()
        if not _together(heading, known)
    ]


def _too_many(mapping: Mapping[str, str], table: Table) -> list[Finding]:
    """Of headings beyond those that a column is made of, nobody could tell what became."""
    given = {name: heading.count("+") + 1 for name, heading in mapping.items()}
    most = {column.name: _MOST.get(column.kind, 1) for column in table.columns if column.kind != "diagnoses"}
    return [
        Finding(name, f"The saved mapping joins {number} headings for {name}, which is read from {_WORDS[most[name]]}.")
        for name, number in given.items()
        if number > most.get(name, number)
    ]


def _together(name: str, known: Mapping[str, str]) -> tuple[str, ...] | None:
    parts = tuple(known.get(plain(part), "") for part in name.split("+"))
    return parts if all(parts) else None
