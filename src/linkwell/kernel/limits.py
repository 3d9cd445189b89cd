"""Guards against input that is small to send and huge to hold.

Each stops while reading, before memory is taken: a length that is only checked afterwards has
already done its harm. All raise TooMany with a message for the sender.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from typing import Protocol

from linkwell.kernel.errors import Invalid, TooMany

CHUNK = 64 * 1024
MEGABYTE = 1024 * 1024

_IN_STRING = re.compile(rb'["\\\\]')
_OUTSIDE = re.compile(rb'["\[\]{}]')


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def chunks(stream: Readable, size: int = CHUNK) -> Iterator[bytes]:
    """The stream's bytes, `size` at a time."""
    while block := stream.read(size):
        yield block


def at_most(blocks: Iterable[bytes], most: int) -> Iterator[bytes]:
    """The same blocks, stopping as soon as they come to more than `most` bytes."""
    seen = 0
    for block in blocks:
        seen += len(block)
        if seen > most:
            raise TooMany(f"This is larger than the {_size(most)} we take.")
        yield block


def read_at_most(stream: Readable, most: int) -> bytes:
    """Everything in the stream, which may hold no more than `most` bytes."""
    return b"".join(at_most(chunks(stream), most))


def decompressed(blocks: Iterable[bytes], *, most: int = 100 * MEGABYTE, ratio: int = 200) -> Iterator[bytes]:
    """The content of a gzip or zlib stream, in small blocks.

    Stops when it unpacks to more than `most` bytes, or to more than `ratio` times what was sent
    (beyond a first megabyte, because a short text of blanks is no attack).
    """
    machine = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    taken = given = 0
    try:
        for block in blocks:
            taken += len(block)
            full = False
            while (block or full) and not machine.eof:
                out = machine.decompress(block, CHUNK)
                block = machine.unconsumed_tail
                # A full block may leave more inside the machine with no input left to show for it.
                full = len(out) == CHUNK
                given += len(out)
                _check_growth(given, taken, most, ratio)
                if out:
                    yield out
            if machine.eof and (machine.unused_data or block):
                raise Invalid({"": "The compressed file has something after its end."})
    except zlib.error:
        raise Invalid({"": "This is not a compressed file we can read. It may be damaged."}) from None
    if taken and not machine.eof:
        raise Invalid({"": "The compressed file stops before its end."})


def check_json_depth(blocks: Iterable[bytes], deepest: int = 64) -> Iterator[bytes]:
    """The same blocks of UTF-8 JSON, stopping when brackets nest more than `deepest` levels.

    Parsers that call themselves for each level run out of stack, so this comes before them.
    """
    depth = 0
    in_string = False
    skip = 0
    for block in blocks:
        place = skip
        skip = 0
        while found := (_IN_STRING if in_string else _OUTSIDE).search(block, place):
            place = found.end()
            match found.group():
                case b'"':
                    in_string = not in_string
                case b"\\":
                    place += 1
                    skip = max(0, place - len(block))
                case b"[" | b"{":
                    depth += 1
                case _:
                    depth -= 1
            if depth > deepest:
                raise TooMany(f"The data is nested more than {deepest} levels deep.")
        yield block


def _check_growth(given: int, taken: int, most: int, ratio: int) -> None:
    if given > most:
        raise TooMany(f"This unpacks to more than the {_size(most)} we take.")
    if given > MEGABYTE and given > taken * ratio:
        raise TooMany("This file unpacks to far more than its size. We do not open files like that.")


def _size(number: int) -> str:
    if number >= MEGABYTE:
        return f"{number // MEGABYTE:,} MB"
    return f"{number // 1024:,} KB" if number >= 1024 else f"{number:,} bytes"
