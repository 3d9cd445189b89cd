"""Organisations from a file: every row is either loaded or rejected with a reason."""

import io
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from linkwell.accounts.actions import add_organisation
from linkwell.accounts.details import OrganisationDetails
from linkwell.core.scope import system_scope
from linkwell.kernel import csv_safe
from linkwell.kernel.errors import Invalid
from linkwell.kernel.ids import new_id
from linkwell.kernel.limits import MEGABYTE, read_at_most

COLUMNS = ("code", "name", "kind", "nation", "email", "phone", "legal_basis")
NEEDED = ("code", "name", "kind")
LARGEST = 20 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Rejected:
    row: int
    field: str
    reason: str


@dataclass(slots=True)
class Loaded:
    """What became of the rows: given = added + the number of different rows among `rejected`."""

    given: int = 0
    added: int = 0
    rejected: list[Rejected] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        listed = [{"row": each.row, "field": each.field, "reason": each.reason} for each in self.rejected]
        return {"in": self.given, "added": self.added, "rejected": listed}

    def words(self) -> str:
        lines = [f"Row {each.row}, {each.field}: {each.reason}" for each in self.rejected]
        count = len({each.row for each in self.rejected})
        return "\n".join([f"{self.given} given, {self.added} added, {count} rejected.", *lines])


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a CSV file with a header, or of a JSON list of objects. Raises Invalid or TooMany."""
    with path.open("rb") as stream:
        content = read_at_most(stream, LARGEST)
    return _from_json(content) if path.suffix.lower() == ".json" else _from_csv(content)


def _from_csv(content: bytes) -> list[dict[str, Any]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid({"": "Save the file as CSV UTF-8 and try again."}) from None
    rows: list[dict[str, Any]] = list(csv_safe.read_rows(io.StringIO(text, newline="")))
    missing = [name for name in NEEDED if rows and name not in rows[0]]
    if missing:
        raise Invalid({"header": f"These columns are missing: {', '.join(missing)}."})
    return rows


def _from_json(content: bytes) -> list[dict[str, Any]]:
    try:
        rows = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Invalid({"": "This is not JSON that we can read."}) from None
    if isinstance(rows, dict):
        rows = rows.get("organisations")
    if not isinstance(rows, list):
        raise Invalid({"": "Give a JSON list of organisations, each with code, name and kind."})
    return rows


def load(rows: Iterable[Any]) -> Loaded:
    """Add each row in a transaction of its own, so that one bad row holds up no other."""
    loaded = Loaded()
    for number, row in enumerate(rows, start=1):
        loaded.given += 1
        try:
            details = _details(row)
            add_organisation(scope=system_scope(new_id(), "command line"), details=details)
        except Invalid as invalid:
            loaded.rejected += [Rejected(number, each.where, each.message) for each in invalid.findings]
        else:
            loaded.added += 1
    return loaded


def _details(row: Any) -> OrganisationDetails:
    if not isinstance(row, dict):
        raise Invalid({"row": "This is not an organisation with code, name and kind."})
    texts = {name: row[name] for name in COLUMNS if row.get(name)}
    wrong = {name: "Give this as text." for name, value in texts.items() if not isinstance(value, str)}
    wrong |= {name: "Take out what cannot be shown." for name, value in texts.items() if "\0" in str(value)}
    wrong |= {name: "This is missing." for name in NEEDED if name not in texts}
    if wrong:
        raise Invalid(wrong)
    return OrganisationDetails(**{name: value.strip() for name, value in texts.items()})
