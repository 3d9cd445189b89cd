"""HSDS as tables (`services.csv`, `organizations.csv`, ...) put together into one object for each service.

The tables name each other by identifier in any order, so they are laid out in a temporary database first: memory
stays flat however long they are.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import orjson

from linkwell.interop.openreferral import tables
from linkwell.interop.openreferral.stream import Oversized

# The tables we read, by the names the standard and its publishers give them, with what each row belongs to:
# the first of these columns that is filled.
_OWNERS: dict[str, tuple[str, ...]] = {
    "organizations": (),
    "locations": (),
    "taxonomies": (),
    "taxonomy_terms": (),
    "organization_identifiers": ("organization_id",),
    "service_at_locations": ("service_id",),
    "addresses": ("location_id",),
    "accessibility": ("location_id",),
    "phones": ("contact_id", "service_id", "location_id", "organization_id"),
    "schedules": ("service_at_location_id", "service_id", "location_id"),
    "contacts": ("service_id", "service_at_location_id", "location_id", "organization_id"),
    "cost_options": ("service_id",),
    "languages": ("service_id", "location_id"),
    "service_areas": ("service_id",),
    "service_capacities": ("service_id",),
    "attributes": ("link_id",),
}
_ALSO_CALLED = {
    "schedule": "schedules", "service_at_location": "service_at_locations", "attribute": "attributes",
    "taxonomy": "taxonomies", "address": "addresses", "organisations": "organizations", "location": "locations",
    "accessibility_for_disabilities": "accessibility", "link_taxonomy": "attributes", "physical_addresses": "addresses",
    "regular_schedules": "schedules", "service_taxonomies": "attributes", "costs": "cost_options",
}  # fmt: skip
SERVICES = "services"
MOST_OF_A_KIND = 501
_SCHEMA = """
CREATE TABLE part (kind TEXT, id TEXT, owner TEXT, data BLOB);
CREATE INDEX part_id ON part (kind, id);
CREATE INDEX part_owner ON part (kind, owner);
"""


class Tables(Protocol):
    """Files of a folder or an archive, by name without ".csv"."""

    def names(self) -> set[str]: ...

    def open(self, name: str) -> BinaryIO: ...


def is_tabular(headings: tuple[str, ...], names: set[str]) -> bool:
    """Whether a table of services is laid out as HSDS says, so that nothing need be guessed."""
    known = {"id", "name"} <= set(headings)
    return known and ("organization_id" in headings or "datapackage" in names)


def services(files: Tables, name: str = SERVICES) -> Iterator[dict[str, Any] | Oversized]:
    """Every service whole, in the order of its table. Raises FeedStopped where a table cannot be read."""
    with tempfile.TemporaryDirectory() as folder, closing(sqlite3.connect(Path(folder) / "tables")) as database:
        database.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_SCHEMA}")
        for each in sorted(files.names()):
            kind = _ALSO_CALLED.get(each, each)
            if kind in _OWNERS:
                _lay_out(database, kind, files.open(each))
        whole = _Whole(database)
        with files.open(name) as file:
            for row in tables.rows(file):
                yield row if isinstance(row, Oversized) else whole.service(_filled(row))


def _lay_out(database: sqlite3.Connection, kind: str, file: BinaryIO) -> None:
    with file:
        database.executemany(
            "INSERT INTO part VALUES (?, ?, ?, ?)",
            (
                (kind, row.get("id", ""), _owner(kind, row), orjson.dumps(_filled(row)))
                for row in tables.rows(file)
                if not isinstance(row, Oversized) and _is_text(row)
            ),
        )
    database.commit()


def _is_text(row: Mapping[str, str]) -> bool:
    """What is no text in any encoding was replaced while it was read; half characters cannot be left."""
    return not any("\ud800" <= letter <= "\udfff" for value in row.values() for letter in value)


def _owner(kind: str, row: Mapping[str, str]) -> str:
    return next((f"{column}:{row[column]}" for column in _OWNERS[kind] if row.get(column)), "")


def _filled(row: Mapping[str, str]) -> dict[str, Any]:
    return {heading: value for heading, value in row.items() if value.strip()}


class _Whole:
    """Puts a service together from the tables laid out."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def service(self, row: dict[str, Any]) -> dict[str, Any]:
        identifier = f"service_id:{row.get('id', '')}"
        organisation = self._one("organizations", row.get("organization_id", ""))
        if organisation:
            owner = f"organization_id:{row['organization_id']}"
            organisation["organization_identifiers"] = self._of("organization_identifiers", owner)
        return row | {
            "organization": organisation,
            "service_at_locations": [self._at(each) for each in self._of("service_at_locations", identifier)],
            "schedules": self._of("schedules", identifier),
            "phones": self._of("phones", identifier),
            "contacts": [self._contact(each) for each in self._of("contacts", identifier)],
            "attributes": self._terms(row.get("id", "")),
            **{
                kind: self._of(kind, identifier)
                for kind in ("cost_options", "languages", "service_areas", "service_capacities")
            },
        }

    def _at(self, link: dict[str, Any]) -> dict[str, Any]:
        place = self._one("locations", link.get("location_id", ""))
        if place:
            here = f"location_id:{link['location_id']}"
            place |= {kind: self._of(kind, here) for kind in ("addresses", "accessibility", "phones", "schedules")}
            place["attributes"] = self._terms(link["location_id"])
        return link | {
            "location": place,
            "schedules": self._of("schedules", f"service_at_location_id:{link.get('id')}"),
        }

    def _contact(self, row: dict[str, Any]) -> dict[str, Any]:
        return row | {"phones": self._of("phones", f"contact_id:{row.get('id')}")}

    def _terms(self, of: str) -> list[dict[str, Any]]:
        found = []
        for link in self._of("attributes", f"link_id:{of}"):
            term = self._one("taxonomy_terms", link.get("taxonomy_term_id", ""))
            if term:
                term["taxonomy_detail"] = self._one("taxonomies", term.get("taxonomy_id", "")) or {}
                found.append(link | {"taxonomy_term": term})
        return found

    def _one(self, kind: str, identifier: str) -> dict[str, Any] | None:
        found = self._database.execute("SELECT data FROM part WHERE kind = ? AND id = ?", (kind, identifier)).fetchone()
        return orjson.loads(found[0]) if found and identifier else None

    def _of(self, kind: str, owner: str) -> list[dict[str, Any]]:
        asked = "SELECT data FROM part WHERE kind = ? AND owner = ? ORDER BY rowid LIMIT ?"
        return [orjson.loads(data) for (data,) in self._database.execute(asked, (kind, owner, MOST_OF_A_KIND))]
