"""If these fail, a message is lost, cut short or read twice on its way in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkwell.interop.hl7v2.mllp import Deframer, Frame, framed

MESSAGE = b"MSH|^~\\&|PAS\rEVN|A01\r"
bodies = st.lists(
    st.binary(min_size=1, max_size=60).map(lambda data: data.replace(b"\x0b", b"").replace(b"\x1c", b"") or b"M"),
    min_size=1,
    max_size=5,
)


@pytest.mark.fault("F8")
@given(bodies, st.integers(1, 40), st.binary(max_size=20).map(lambda data: data.replace(b"\x0b", b"")))
def test_messages_come_out_as_they_went_in_however_the_line_cuts_them(
    messages: list[bytes], piece: int, noise: bytes
) -> None:
    stream = b"".join(noise + framed(each) for each in messages)
    deframer = Deframer()
    found = [frame for at in range(0, len(stream), piece) for frame in deframer.feed(stream[at : at + piece])]
    assert found == [Frame(each) for each in messages]
    assert deframer.finish() is None


@pytest.mark.fault("F8")
def test_missing_end_marks_do_not_join_two_messages() -> None:
    deframer = Deframer()
    assert deframer.feed(b"\x0b" + MESSAGE + b"\x1c") == [Frame(MESSAGE)]
    assert deframer.feed(b"\x0b" + MESSAGE + b"\x0b" + MESSAGE) == [Frame(MESSAGE, ended=False)]
    assert deframer.waiting
    assert deframer.finish() == Frame(MESSAGE, ended=False)


@pytest.mark.fault("F8")
@pytest.mark.fault("F25")
def test_a_frame_without_end_holds_no_more_than_its_budget() -> None:
    deframer = Deframer(largest=1000)
    assert deframer.feed(b"\x0b" + b"x" * 900) == []
    (frame,) = deframer.feed(b"x" * 5000)
    assert (frame.too_large, len(frame.data)) == (True, 1000)
    whole = Deframer(largest=10).feed(framed(b"y" * 50))
    assert whole[0].too_large
