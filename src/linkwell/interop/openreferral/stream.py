"""JSON feeds read as a stream: one record in memory at a time, with limits on depth and size.

`records(source)` gives each record of one file as plain Python values, or an `Oversized` in its
place. What surrounds the records of a page ("total_pages": 4) is collected in `Page.about`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import ijson

from linkwell.interop.openreferral.errors import FeedStopped
from linkwell.kernel.limits import Readable

DEEPEST = 24
LARGEST_RECORD = 2_000_000
# A description of 10 MB is passed over like any record too large; what follows it is read.
LARGEST_TOKEN = 32_000_000
_CHUNK = 64 * 1024
_LISTS = ("contents", "content", "services", "items", "results")
# The reader's C code cannot report a whole number beyond Python's limit for text (4,300 digits).
_ENDLESS_NUMBER = re.compile(rb"[0-9]{1000}")
_ENDS = "The file ends part-way through."
_BOM = b"\xef\xbb\xbf"

Event = tuple[str, Any]


@dataclass(frozen=True)
class Oversized:
    """A record that was passed over without being built, and why."""

    reason: str


@dataclass
class Page:
    """What a page says about itself beside its records: numbers, texts, true and false."""

    about: dict[str, Any] = field(default_factory=dict)


class _Guarded:
    """The bytes of a feed. Refuses one value that goes on without end, before it fills memory."""

    def __init__(self, source: Readable) -> None:
        self._source = source
        self._first = True
        self.since_value = 0

    def read(self, size: int = -1) -> bytes:
        if size == 0:
            return b""  # ijson asks for nothing first, to see that bytes come back
        chunk = self._source.read(_CHUNK)
        if self._first and chunk:
            self._first = False
            chunk = chunk.removeprefix(_BOM) or self._source.read(_CHUNK)
        self.since_value += len(chunk)
        if self.since_value > LARGEST_TOKEN:
            raise FeedStopped("One value in the feed never ends. Nothing after it was read.")
        if _ENDLESS_NUMBER.search(chunk):
            raise FeedStopped("The feed holds a number of more than a thousand digits. Nothing after it was read.")
        return chunk


def records(source: Readable, page: Page) -> Iterator[Any]:
    """Each record of one file: of a list, of the list inside a page, or the one object the file is.

    Raises FeedStopped where the file is not JSON; records before that place have been given.
    """
    events = _events(source)
    kind, value = _next(events, "The file is empty.")
    if kind == "start_array":
        yield from _elements(events)
    elif kind == "start_map":
        yield from _page(events, page)
        yield from _further_lines(events)
    else:
        yield value
    for _ in events:
        raise FeedStopped("The file goes on after its end.")


def _further_lines(events: Iterator[Event]) -> Iterator[Any]:
    """JSON lines: one object after another, each a record."""
    for kind, value in events:
        if kind != "start_map":
            raise FeedStopped("The file goes on after its end.")
        yield _value(events, kind, value)


def _events(source: Readable) -> Iterator[Event]:
    guarded = _Guarded(source)
    try:
        for event in ijson.basic_parse(guarded, buf_size=_CHUNK, multiple_values=True):
            guarded.since_value = 0
            yield event
    except ijson.IncompleteJSONError as trouble:
        if "premature EOF" in str(trouble):
            raise FeedStopped(_ENDS) from None
        raise FeedStopped("The file is not JSON from here on; a character is out of place.") from None
    except UnicodeDecodeError:
        raise FeedStopped("The file holds half a character, so it cannot be read from here on.") from None
    except (ijson.JSONError, ValueError, ArithmeticError):
        raise FeedStopped("The file holds a value that cannot be read. Nothing after it was read.") from None


def _next(events: Iterator[Event], otherwise: str) -> Event:
    for event in events:
        return event
    raise FeedStopped(otherwise)


def _elements(events: Iterator[Event]) -> Iterator[Any]:
    for kind, value in events:
        if kind == "end_array":
            return
        yield _value(events, kind, value)


def _page(events: Iterator[Event], page: Page) -> Iterator[Any]:
    """An object is a page when it holds a list of records, and otherwise the record itself."""
    rest: dict[str, Any] = {}
    is_page = False
    too_large: Oversized | None = None
    for kind, key in events:
        if kind == "end_map":
            break
        kind, value = _next(events, _ENDS)
        if key in _LISTS and kind in ("start_array", "null"):
            is_page = True
            if kind == "start_array":
                yield from (_run_by(rest, each) for each in _elements(events))
            continue
        built = _value(events, kind, value)
        if isinstance(built, Oversized) or len(rest) > 1000:
            too_large = built if isinstance(built, Oversized) else Oversized("It has too many fields.")
        else:
            rest[key] = built
    page.about.update((key, each) for key, each in rest.items() if not isinstance(each, (dict, list)))
    if not is_page:
        yield too_large or rest


def _run_by(about: dict[str, Any], record: Any) -> Any:
    """A service listed inside the organisation that runs it."""
    if (
        not isinstance(record, dict)
        or not {"id", "name"} <= about.keys()
        or record.keys() & {"organization", "service"}
    ):
        return record
    return record | {"organization": {key: each for key, each in about.items() if not isinstance(each, (dict, list))}}


def _value(events: Iterator[Event], first: str, scalar: Any) -> Any:
    """The whole value that begins with this event; an Oversized when it is too deep or too large."""
    if first not in ("start_map", "start_array"):
        return scalar
    top: dict[str, Any] | list[Any] = {} if first == "start_map" else []
    stack: list[dict[str, Any] | list[Any]] = [top]
    keys: list[str] = [""]
    size = 0
    for kind, value in events:
        size += 16 + (len(value) if isinstance(value, str) else 0)
        if kind in ("end_map", "end_array"):
            stack.pop()
            keys.pop()
            if not stack:
                return top
            continue
        if kind == "map_key":
            keys[-1] = value
            continue
        opens = kind in ("start_map", "start_array")
        if len(stack) >= DEEPEST and opens:
            return _passed_over(events, len(stack) + 1, "It is nested too deeply.")
        if size > LARGEST_RECORD:
            return _passed_over(events, len(stack) + opens, "It is too large: we take up to 2 million characters.")
        built = ({} if kind == "start_map" else []) if opens else value
        _put(stack[-1], keys[-1], built)
        if opens:
            stack.append(built)
            keys.append("")
    raise FeedStopped(_ENDS)


def _put(parent: dict[str, Any] | list[Any], key: str, value: Any) -> None:
    if isinstance(parent, dict):
        parent[key] = value
    else:
        parent.append(value)


def _passed_over(events: Iterator[Event], depth: int, reason: str) -> Oversized:
    for kind, _ in events:
        depth += (kind in ("start_map", "start_array")) - (kind in ("end_map", "end_array"))
        if depth == 0:
            return Oversized(reason)
    raise FeedStopped(_ENDS)
