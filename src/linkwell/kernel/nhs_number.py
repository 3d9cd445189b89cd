"""NHS numbers: ten digits, the last a check digit (NHS Data Dictionary, modulus 11).

A right check digit means only that the digits were not mistyped. 9999999999 has one. Whether a
number belongs to a person is for the national service to say, so nothing here is ever "verified".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from linkwell.kernel.errors import Invalid

_SEPARATORS = re.compile(r"[\s\-–—.\u200b\ufeff]+")
_ROUNDED_BY_SPREADSHEET = re.compile(r"^\d(?:[.,]\d+)?[eE]\+?0?9$")


@dataclass(frozen=True, slots=True)
class NhsNumber:
    """Ten digits with a right check digit; nothing more is claimed."""

    digits: str
    status: Literal["well_formed"] = "well_formed"

    def __str__(self) -> str:
        """The number as people write it: "943 476 5919"."""
        return f"{self.digits[:3]} {self.digits[3:6]} {self.digits[6:]}"

    @property
    def is_test_number(self) -> bool:
        """Numbers that begin 999 are for tests and are never given to a person."""
        return self.digits.startswith("999")


def parse(text: str) -> NhsNumber:
    """The NHS number in `text`, however spaced. Raises Invalid with a plain message."""
    trouble = problem(text)
    if trouble is not None:
        raise Invalid({"nhs_number": trouble})
    return NhsNumber(_bare(text))


def problem(text: str) -> str | None:
    """What is wrong with `text` as an NHS number, in plain words; None when it is well formed."""
    bare = _bare(text)
    if not bare:
        return "Enter an NHS number."
    if _ROUNDED_BY_SPREADSHEET.match(bare) or _ROUNDED_BY_SPREADSHEET.match(text.strip()):
        return (
            "A spreadsheet has rounded this NHS number and its last digits are lost. Set the "
            "column to text, enter the number again from its source, and save the file once more."
        )
    if not re.fullmatch(r"[0-9]+", bare):
        return "An NHS number has only digits, like 943 476 5919."
    if len(bare) != 10:
        return f"An NHS number has 10 digits. This one has {len(bare)}."
    if check_digit(bare[:9]) != int(bare[9]):
        return "This is not a valid NHS number. One of the digits may be mistyped."
    return None


def check_digit(nine: str) -> int | None:
    """The check digit for nine digits; None for digits that can never begin an NHS number."""
    total = sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True))
    check = -total % 11
    return None if check == 10 else check


def _bare(text: str) -> str:
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
