"""Reading single values out of JSON that may hold anything anywhere."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from linkwell.interop.openreferral import text
from linkwell.interop.openreferral.errors import Unusable
from linkwell.interop.openreferral.lookalikes import disguised, disguised_address
from linkwell.kernel.errors import Finding

Raw = Mapping[str, Any]

LONGEST_LINE = 500
LONGEST_TEXT = 50_000
# Mark-up pasted from a word processor is often ten times as long as what it says.
LONGEST_RAW_TEXT = 500_000
MOST_NOTES = 50
MOST_PARTS = 500
_NUMBER = re.compile(r"\s*[£]?\s*-?[0-9]{1,12}(?:\.[0-9]{1,20})?\s*")
# Before this no service of today was checked or began; after it nobody plans. Such a year is a slip or a placeholder.
FIRST_YEAR, LAST_YEAR = 1950, 2100
_LOOKS_LIKE_ANOTHER = "holds letters of another alphabet that look like ours"
_UK_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})\b")
_EMAIL = re.compile(r"[^@\s<>()\[\]\",;:]{1,64}@[^@\s<>()\[\]\",;:]{1,190}\.[^@\s<>()\[\]\",;:.]{2,24}")


@dataclass
class Reader:
    """Takes values out of one record and keeps a note of each one it had to leave out."""

    notes: list[Finding] = field(default_factory=list)

    def note(self, where: str, message: str) -> None:
        if len(self.notes) < MOST_NOTES:
            self.notes.append(Finding(where, message))

    def parts(self, raw: Raw, *names: str) -> Iterator[tuple[str, Raw]]:
        """The objects in the lists (or single objects) under these names, each with where it is."""
        for name in names:
            value = raw.get(name)
            listed = value if isinstance(value, list) else [value]
            if len(listed) > MOST_PARTS:
                raise Unusable(f"It holds {len(listed):,} entries; we take up to {MOST_PARTS}.", name)
            for place, each in enumerate(listed, start=1):
                where = f"{name} {place}"
                if isinstance(each, Mapping):
                    yield where, each
                elif each not in (None, "", []):
                    self.note(where, "This is not laid out as the standard says, and was left out.")

    def line(self, raw: Raw, *names: str) -> str:
        """The first text given under these names, on one line."""
        return self._text(raw, names, text.one_line, LONGEST_LINE)

    def name(self, raw: Raw, *names: str) -> str:
        """What something is called. Letters drawn wide or joined become plain ones; look-alikes are pointed out."""
        said = unicodedata.normalize("NFKC", self.line(raw, *names))
        if disguised(said):
            self.note(names[0], f"The name {_LOOKS_LIKE_ANOTHER}. Check that it is who it says.")
        return said

    def plain(self, raw: Raw, *names: str) -> str:
        """The first text given under these names, as plain lines."""
        return self._text(raw, names, text.plain, LONGEST_TEXT)

    def html(self, raw: Raw, *names: str) -> str:
        return self._text(raw, names, text.safe_html, LONGEST_TEXT)

    def _text(self, raw: Raw, names: tuple[str, ...], clean: Any, longest: int) -> str:
        for name in names:
            value = raw.get(name)
            if isinstance(value, bool) or value is None:
                continue
            if isinstance(value, int | Decimal):
                value = str(value) if -(10**15) < value < 10**15 else ""
            if not isinstance(value, str):
                if value:
                    self.note(name, "This should be a text, and was left out.")
                continue
            if len(value) > LONGEST_RAW_TEXT:
                raise Unusable(f"It is {len(value):,} characters long; we take up to {LONGEST_RAW_TEXT:,}.", name)
            try:
                cleaned: str = clean(value)
            except Unusable as trouble:
                raise Unusable(trouble.reason, name) from None
            if len(cleaned) > longest:
                raise Unusable(f"It is {len(cleaned):,} characters long; we take up to {longest:,}.", name)
            if cleaned:
                return cleaned
        return ""

    def lines(self, raw: Raw, *names: str) -> tuple[str, ...]:
        """Every different text under these names: a text, a text with semicolons, or a list of texts."""
        found: dict[str, None] = {}
        for name in names:
            value = raw.get(name)
            for each in value[:MOST_PARTS] if isinstance(value, list) else [value]:
                line = self.line({name: each}, name)
                found.update((part.strip(), None) for part in line.split(";") if part.strip())
        return tuple(found)

    def number(self, raw: Raw, name: str, lowest: float, highest: float) -> float | None:
        value = self.amount(raw, name)
        if value is None:
            return None
        if not lowest <= value <= highest:
            self.note(name, f"{name} should be from {lowest:g} to {highest:g}, and was left out.")
            return None
        return float(value)

    def whole(self, raw: Raw, name: str, lowest: int, highest: int) -> int | None:
        value = self.number(raw, name, lowest, highest)
        return None if value is None else int(value)

    def amount(self, raw: Raw, name: str) -> Decimal | None:
        value = raw.get(name)
        if value is None or value == "" or isinstance(value, bool):
            return None
        if isinstance(value, str) and _NUMBER.fullmatch(value):
            value = value.replace("£", "").strip()
        elif not isinstance(value, int | Decimal):
            self.note(name, f"{name} should be a number, and was left out.")
            return None
        try:
            found = Decimal(value)
        except InvalidOperation:
            found = Decimal("Infinity")
        if not found.is_finite() or abs(found) > 10**12 or (found and abs(found) < Decimal("1e-12")):
            self.note(name, f"{name} is not a number we can use, and was left out.")
            return None
        return found

    def date(self, raw: Raw, *names: str) -> dt.date | None:
        for name in names:
            said = self.line(raw, name)
            if not said:
                continue
            british = _UK_DATE.match(said)
            iso = f"{british[3]}-{british[2]:0>2}-{british[1]:0>2}" if british else said[:10]
            try:
                found = dt.date.fromisoformat(iso)
            except ValueError:
                self.note(name, f"{name} is not a date like 2026-03-31, and was left out.")
                continue
            if FIRST_YEAR <= found.year <= LAST_YEAR:
                return found
            self.note(name, f"{name} is in the year {found.year}, which cannot be right, and was left out.")
        return None

    def moment(self, raw: Raw, name: str) -> dt.datetime | None:
        said = self.line(raw, name)
        if not said:
            return None
        try:
            found = dt.datetime.fromisoformat(said)
        except ValueError:
            self.note(name, f"{name} is not a date and time, and was left out.")
            return None
        return found if found.tzinfo else found.replace(tzinfo=dt.UTC)

    def time(self, raw: Raw, name: str) -> dt.time | None:
        said = self.line(raw, name)
        if not said:
            return None
        try:
            found = dt.time.fromisoformat(said.rjust(5, "0") if len(said) == 4 else said)
            return found.replace(tzinfo=None, microsecond=0)
        except ValueError:
            self.note(name, f"{name} is not a time like 14:30, and was left out.")
            return None

    def web(self, raw: Raw, *names: str) -> str:
        """A web address that is safe to link to; one without a scheme is taken as https."""
        for name in names:
            said = self.line(raw, name)
            if not said:
                continue
            address = said if "://" in said else f"https://{said}"
            if disguised_address(address):
                self.note(name, f"{name} {_LOOKS_LIKE_ANOTHER}, and was left out.")
                continue
            if _is_web_address(address):
                return address
            self.note(name, f"{name} is not a web address, and was left out.")
        return ""

    def email(self, raw: Raw, *names: str) -> str:
        for name in names:
            said = self.line(raw, name).removeprefix("mailto:")
            if not said:
                continue
            if disguised_address(said):
                self.note(name, f"{name} {_LOOKS_LIKE_ANOTHER}, and was left out.")
                continue
            if _EMAIL.fullmatch(said):
                return said
            self.note(name, f"{name} is not an e-mail address, and was left out.")
        return ""


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    has_host = "." in (parts.hostname or "") and parts.username is None
    return parts.scheme.lower() in ("http", "https") and has_host and " " not in text
