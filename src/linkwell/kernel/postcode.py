"""UK postcodes: their shape, the way they are written, and their coarser parts.

The shape is the one of BS 7666, with the NHS codes for people without an address (ZZ99 3VZ: no
fixed abode). A right shape does not mean that the postcode exists.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from linkwell.kernel.errors import Invalid
from linkwell.kernel.tongue import say

_SHAPE = re.compile(
    r"(?P<outward>GIR|ZZ99|[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9]{1,2}|[0-9][A-HJKPSTUW]|[A-HK-Y][0-9][ABEHMNPRVWXY]))"
    r"(?P<inward>[0-9][ABD-HJLNP-UW-Z]{2}|(?<=ZZ99)3[A-Z]{2})"
)


@dataclass(frozen=True, slots=True)
class Postcode:
    """A well-formed postcode. `outward` is "BS1", `sector` "BS1 4", `area` "BS"."""

    outward: str
    inward: str

    def __str__(self) -> str:
        return f"{self.outward} {self.inward}"

    @property
    def sector(self) -> str:
        return f"{self.outward} {self.inward[0]}"

    @property
    def is_real(self) -> bool:
        """False for the NHS codes that stand for "no fixed abode", "unknown" or "abroad"."""
        return self.outward != "ZZ99"

    @property
    def area(self) -> str:
        return re.sub(r"[0-9].*", "", self.outward)


def parse(text: str) -> Postcode:
    """The postcode in `text`. Raises Invalid with a plain message."""
    found = _SHAPE.fullmatch(_bare(text))
    if found is None:
        raise Invalid({"postcode": problem(text) or "Enter a full UK postcode, like BS1 4DJ."})
    return Postcode(found["outward"], found["inward"])


def normalise(text: str) -> str:
    """The postcode as it is written ("BS1 4DJ"), or the text unchanged when it is not one."""
    found = _SHAPE.fullmatch(_bare(text))
    return f"{found['outward']} {found['inward']}" if found else text


def problem(text: str) -> str | None:
    """What is wrong with `text` as a postcode, in plain words; None when its shape is right."""
    bare = _bare(text)
    if not bare:
        return say("Enter a postcode.")
    if _SHAPE.fullmatch(bare):
        return None
    if re.fullmatch(r"[A-Z]{1,2}[0-9][A-Z0-9]?", bare):
        return say("Enter the whole postcode, like BS1 4DJ. This is only the first half.")
    return say("Enter a full UK postcode, like BS1 4DJ.")


def _bare(text: str) -> str:
    return re.sub(r"[\s\-.\u200b\ufeff]+", "", unicodedata.normalize("NFKC", text)).upper()
