"""Frames of the Minimal Lower Layer Protocol, taken from a stream piece by piece.

A frame is 0B, the message, 1C 0D. Senders leave out the last byte or both; what stands between frames is passed over.
"""

from __future__ import annotations

from dataclasses import dataclass

START, END, CARRIAGE_RETURN = b"\x0b", b"\x1c", b"\x0d"
LARGEST_FRAME = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Frame:
    """A message as it came. `ended`: it had its end mark. `too_large`: only its beginning is here."""

    data: bytes
    ended: bool = True
    too_large: bool = False


class Deframer:
    """Give it bytes as they come; it gives back the frames that are whole. Holds at most one frame of `largest`."""

    def __init__(self, largest: int = LARGEST_FRAME) -> None:
        self._largest = largest
        self._buffer = bytearray()
        self._inside = False
        # How far the open frame was already searched for its end.
        self._searched = 0

    @property
    def waiting(self) -> bool:
        """Whether a frame has begun and not ended."""
        return self._inside

    def feed(self, data: bytes) -> list[Frame]:
        """The frames that end in these bytes. After one that is too large the sender is no longer understood."""
        self._buffer += data
        frames: list[Frame] = []
        while (frame := self._next()) is not None:
            frames.append(frame)
        return frames

    def finish(self) -> Frame | None:
        """What is left when the stream ends in the middle of a frame."""
        if not self._inside or not self._buffer:
            return None
        self._inside = False
        return Frame(bytes(self._buffer), ended=False)

    def _next(self) -> Frame | None:
        if not self._inside and not self._begin():
            return None
        end = self._buffer.find(END, self._searched)
        again = self._buffer.find(START, self._searched, end if end >= 0 else len(self._buffer))
        if again >= 0:
            # Another message begins: the one before it lost its end mark.
            return self._take(again, again, ended=False)
        if end >= 0:
            return self._take(end, end + 1)
        self._searched = len(self._buffer)
        if self._searched > self._largest:
            beginning = bytes(self._buffer[: self._largest])
            self._buffer.clear()
            self._inside = False
            return Frame(beginning, ended=False, too_large=True)
        return None

    def _begin(self) -> bool:
        start = self._buffer.find(START)
        if start < 0:
            self._buffer.clear()
            return False
        del self._buffer[: start + 1]
        self._inside, self._searched = True, 0
        return True

    def _take(self, until: int, drop: int, *, ended: bool = True) -> Frame:
        data = bytes(self._buffer[:until])
        del self._buffer[:drop]
        self._inside = False
        return Frame(data[: self._largest], ended, too_large=len(data) > self._largest)


def framed(message: bytes) -> bytes:
    """A message in its frame."""
    return START + message + END + CARRIAGE_RETURN
