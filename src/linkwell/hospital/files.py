"""Messages in files: framed or bare, one or many in a file, a folder with all beneath it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from linkwell.interop.hl7v2.mllp import START, Deframer

_BLOCK = 1024 * 1024
_BEGINS = re.compile(rb"(?:\A|(?<=[\r\n]))(?=(?:\xef\xbb\xbf)?MSH[^A-Za-z0-9\r\n])")


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """Every file, those of a folder by name."""
    for path in paths:
        if path.is_dir():
            yield from (each for each in sorted(path.rglob("*")) if each.is_file() and not each.name.startswith("."))
        else:
            yield path


def messages_in(path: Path) -> Iterator[bytes]:
    """The messages of one file, a block in memory at a time."""
    with path.open("rb") as stream:
        first = stream.read(_BLOCK)
        blocks = _blocks(first, stream)
        yield from (_framed(blocks) if START in first[:_BLOCK] else _bare(blocks))


def _blocks(first: bytes, stream: BinaryIO) -> Iterator[bytes]:
    yield first
    while block := stream.read(_BLOCK):
        yield block


def _framed(blocks: Iterator[bytes]) -> Iterator[bytes]:
    deframer = Deframer()
    for block in blocks:
        for frame in deframer.feed(block):
            yield frame.data
    last = deframer.finish()
    if last is not None and last.data.strip():
        yield last.data


def _bare(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """A message begins where a line begins with MSH; the last one in hand may go on in the next block."""
    held = b""
    for block in blocks:
        parts = _BEGINS.split(held + block)
        held = parts.pop()
        yield from (part for part in parts if part.strip())
    if held.strip():
        yield held
