"""An HL7 v2 message, read only as far as somebody asks.

Field numbers are those of the standard: MSH-1 is the separator itself. Nothing here knows what a field means.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import NamedTuple

from linkwell.kernel.errors import Invalid

CLEARED = '""'
# MSH-12, the version, counted as the pieces of the line are.
_LAST_READ = 12
_LOOKS_LIKE_A_SEGMENT = re.compile(r"[A-Z][A-Z0-9]{2}(?![A-Za-z0-9])")
_ESCAPE_NAMES = "FSTRE"
_ALPHABET = 18
# As HL7 table 0211 names them. The first part of 8859 is read as Windows writes it.
_PART_OF_8859 = re.compile(r"8859/(?!1$)([0-9]{1,2})")
_NOT_READ = ("ISO IR87", "ISO IR159", "GB 18030", "KS X 1001", "CNS 11643", "BIG-5", "UNICODE UTF-16", "UNICODE UTF-32")


class Header(NamedTuple):
    """What MSH says: all that is read before a message is kept and acknowledged."""

    sending_application: str
    sending_facility: str
    receiving_application: str
    receiving_facility: str
    sent_at: str
    message_type: str
    trigger: str
    control_id: str
    processing_id: str
    version: str

    @property
    def sender(self) -> str:
        return f"{self.sending_application}|{self.sending_facility}"


def header(raw: bytes) -> Header:
    """The header of a message, whatever it leaves out. Raises Invalid where there is none."""
    start = raw[3:] if raw.startswith(codecs.BOM_UTF8) else raw
    start = start.lstrip(b"\r\n \t")
    line = start.partition(b"\r")[0].partition(b"\n")[0].decode("utf-8", "replace")
    if not line.startswith("MSH") or len(line) < 8:
        raise Invalid({"MSH": "A message begins with MSH and its separators."})
    # MSH-1 is the separator itself, so MSH-3 comes third.
    fields = line.split(line[3], _LAST_READ)
    fields += [""] * (_LAST_READ - len(fields))
    application, facility, to_application, to_facility, sent_at = fields[2:7]
    kind, _, rest = fields[8].partition(line[4])
    trigger = rest.partition(line[4])[0]
    control_id, processing_id, version = fields[9:_LAST_READ]
    sender, receiver = (application, facility), (to_application, to_facility)
    return Header(*sender, *receiver, sent_at, kind, trigger, control_id, processing_id, version)


def text_of(raw: bytes) -> str:
    """The message as text. UTF-8 where the bytes are, whatever MSH-18 says; else the part of ISO 8859 that it names.

    Where it names none, ISO 8859-1. Raises Invalid for NUL, and where it names an alphabet that we do not read.
    """
    if b"\x00" in raw:
        segment = re.split(rb"[\r\n]", raw[: raw.index(b"\x00")])[-1][:3].decode("ascii", "replace")
        raise Invalid({segment: f"{segment} holds a NUL character, which no text has."})
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        alphabet = _alphabet(raw)
        if alphabet:
            return _read_as(raw, alphabet)
        # Western Europe as Windows writes it: the same letters as ISO 8859-1, and its dashes and quotes.
        return raw.decode("cp1252") if not set(raw) & {0x81, 0x8D, 0x8F, 0x90, 0x9D} else raw.decode("latin-1")


def _alphabet(raw: bytes) -> str:
    """What MSH-18 says first; nothing where that is an alphabet for Western Europe, or none of the standard's."""
    line = re.split(r"[\r\n]", raw.lstrip(b"\r\n \t").decode("latin-1"), maxsplit=1)[0]
    # MSH-1 is the separator itself, so MSH-18 comes eighteenth.
    fields = line.split(line[3:4] or "|", _ALPHABET)
    named = re.split(r"[~\\]", fields[_ALPHABET - 1])[0].strip().upper() if len(fields) >= _ALPHABET else ""
    return named if _PART_OF_8859.fullmatch(named) or named.startswith(_NOT_READ) else ""


def _read_as(raw: bytes, alphabet: str) -> str:
    """Letters of another alphabet taken for Western ones would make another name, so that nobody is found by it."""
    part = _PART_OF_8859.fullmatch(alphabet)
    try:
        if part is not None:
            return raw.decode(f"iso8859_{part[1]}")
    except (LookupError, UnicodeDecodeError):
        pass
    raise Invalid({"MSH-18": f"MSH-18 says that it is written in {alphabet[:40]}, and it cannot be read as that."})


class Segment:
    """One line. Fields are split when first asked for."""

    __slots__ = ("_fields", "_line", "marks", "name")

    def __init__(self, line: str, marks: Marks) -> None:
        self.name = line[:3]
        self._line = line
        self.marks = marks
        self._fields: list[str] | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Segment) and (self._line, self.marks) == (other._line, other.marks)

    def __hash__(self) -> int:
        return hash(self._line)

    def raw(self, number: int) -> str:
        """The field as it came; empty when there is none."""
        if self._fields is None:
            self._fields = self._line.split(self.marks.field)
            if self.name == "MSH":
                self._fields.insert(1, self.marks.field)
        return self._fields[number] if number < len(self._fields) else ""

    def value(self, number: int, component: int = 1, part: int = 1) -> str:
        """One component of the first repetition, without its escapes. `CLEARED` where the sender emptied it."""
        field = self.raw(number)
        if not field:
            return ""
        if self.marks.repetition in field:
            field = field.split(self.marks.repetition, 1)[0]
        return self.marks.part(field, component, part)

    def repetitions(self, number: int) -> list[str]:
        """The repetitions that are not empty, as they came: `pick` reads them."""
        if not self.raw(number):
            return []
        return [each for each in self.raw(number).split(self.marks.repetition) if each]

    def pick(self, repetition: str, component: int = 1, part: int = 1) -> str:
        return self.marks.part(repetition, component, part)


@dataclass(frozen=True, slots=True)
class Marks:
    """The separators that the message itself declares."""

    field: str
    component: str
    repetition: str
    escape: str
    part_mark: str

    def part(self, text: str, component: int, part: int) -> str:
        """One component, and of that one part. Most fields have neither, and are asked for often."""
        if self.component in text:
            components = text.split(self.component, component)
            if component > len(components):
                return ""
            text = components[component - 1]
        elif component > 1:
            return ""
        if self.part_mark and self.part_mark in text:
            parts = text.split(self.part_mark, part)
            if part > len(parts):
                return ""
            text = parts[part - 1]
        elif part > 1:
            return ""
        if self.escape and self.escape in text:
            text = self.unescaped(text)
        return text.strip()

    def unescaped(self, text: str) -> str:
        """The text without escapes. Highlighting goes; an escape that nobody knows stays as it is."""
        pieces = text.split(self.escape)
        out, index = [pieces[0]], 1
        while index < len(pieces):
            meaning = self._meaning(pieces[index]) if index + 1 < len(pieces) else None
            if meaning is None:
                out.append(self.escape + pieces[index])
                index += 1
            else:
                out.append(meaning + pieces[index + 1])
                index += 2
        return "".join(out)

    def _meaning(self, name: str) -> str | None:
        marks = (self.field, self.component, self.part_mark, self.repetition, self.escape)
        if len(name) == 1 and name in _ESCAPE_NAMES:
            return marks[_ESCAPE_NAMES.index(name)]
        if name in {"H", "N"}:
            return ""
        if name.startswith("."):
            return "\n" if name in {".br", ".sp"} else ""
        if re.fullmatch(r"X(?:[0-9A-Fa-f]{2})+", name):
            data = bytes.fromhex(name[1:]).replace(b"\x00", b"")
            try:
                return data.decode()
            except UnicodeDecodeError:
                return data.decode("latin-1")
        return None


class Message:
    """Segments in their order. Lines may end with CR, LF or both."""

    def __init__(self, text: str) -> None:
        text = text.lstrip("\ufeff\r\n \t")
        if not text.startswith("MSH") or len(text) < 8:
            raise Invalid({"MSH": "A message begins with MSH and its separators."})
        declared = text[4:8].split(text[3], 1)[0]
        if len(declared) < 2:
            raise Invalid({"MSH-2": "MSH-2 does not declare its separators."})
        self.marks = Marks(text[3], *(declared[index : index + 1] for index in range(4)))
        self.segments = [Segment(line, self.marks) for line in _lines(text)]

    def all(self, name: str) -> list[Segment]:
        return [each for each in self.segments if each.name == name]

    def first(self, name: str) -> Segment:
        """The first of that name, or an empty one."""
        return next((each for each in self.segments if each.name == name), Segment(name, self.marks))


def _lines(text: str) -> list[str]:
    lines: list[str] = []
    for line in re.split(r"\r\n?|\n", text):
        if _LOOKS_LIKE_A_SEGMENT.match(line) or not lines:
            lines.append(line)
        elif line:
            # A line end inside a field: the words go on.
            lines[-1] += "\n" + line
    return lines
