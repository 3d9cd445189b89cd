"""Messages spoilt by chance, from a seed: whatever comes is kept, refused or set aside, and breaks nothing."""

from __future__ import annotations

from random import Random

from linkwell.hospital.pipeline import fold
from linkwell.hospital.tests.histories import told
from linkwell.hospital.tests.sending import message
from linkwell.interop.hl7v2.acknowledging import Code, acknowledge
from linkwell.interop.hl7v2.adt import KINDS, events_of
from linkwell.interop.hl7v2.judging import judge
from linkwell.interop.hl7v2.mllp import Deframer, framed
from linkwell.interop.hospital_events import HospitalEvent, from_json, to_json
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid

TRIGGERS = sorted(KINDS)
PIECES = (
    b"|",
    b"^",
    b"~",
    b"\\",
    b"&",
    b"\r",
    b"\n",
    b"\x0b",
    b"\x1c",
    b"\x00",
    b'""',
    b"\\X00\\",
    b"\xff\xfe",
    b"PID|",
)
TOGETHER = 50


def spoilt(random: Random) -> bytes:
    """A message with some bytes changed, cut, doubled or replaced."""
    raw = bytearray(
        message(random.choice(TRIGGERS), merged=random.choice(("", "H9")), patient=f"H{random.randint(1, 5)}")
    )
    for _ in range(random.randint(0, 6)):
        at, how = random.randrange(len(raw) + 1), random.random()
        if how < 0.4:
            raw[at:at] = random.choice(PIECES)
        elif how < 0.7:
            del raw[at : at + random.randint(1, 30)]
        elif how < 0.9:
            raw[at : at + 1] = random.randbytes(random.randint(1, 4))
        else:
            raw[at:at] = raw[: random.randint(0, 60)]
    return bytes(raw)


def fuzz(messages: int, seed: int) -> dict[str, int]:
    """What became of them. Raises whatever any of our code raises that is not a plain refusal."""
    random, counts = Random(seed), {"AA": 0, "AE": 0, "AR": 0, "set aside": 0}
    events: list[HospitalEvent] = []
    deframer = Deframer()
    for number in range(messages):
        raw = spoilt(random)
        for frame in deframer.feed(framed(raw)):
            verdict = judge(frame.data)
            acknowledge(verdict.header, verdict.code, "LW1", clock.now(), verdict.finding)
            counts[verdict.code] += 1
            if verdict.code is Code.ACCEPTED:
                try:
                    events += (from_json(to_json(event)) for event in events_of(frame.data))
                except Invalid as refused:
                    counts["set aside"] += bool(refused.findings[0].message)
        if number % TOGETHER == 0:
            fold(told(events))
            events.clear()
    return counts
