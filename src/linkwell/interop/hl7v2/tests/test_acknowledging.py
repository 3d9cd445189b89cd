"""If these fail, a sender is told the wrong thing about a message, or cannot tell which one is meant."""

from __future__ import annotations

import datetime as dt

import hl7
import pytest

from linkwell.interop.hl7v2.acknowledging import Code, acknowledge
from linkwell.interop.hl7v2.judging import judge
from linkwell.kernel.errors import Finding

NOW = dt.datetime(2026, 11, 2, 9, 10, tzinfo=dt.UTC)
RAW = b"MSH|^~\\&|PAS|WEXGEN|LW|WEX|20261102091000||ADT^A01|M1|P|2.4\r"


def test_an_answer_goes_back_to_the_sender_and_names_the_message() -> None:
    answer = hl7.parse(acknowledge(judge(RAW).header, Code.ACCEPTED, "LW1", NOW).decode())
    head, body = answer.segment("MSH"), answer.segment("MSA")
    assert [str(head[number]) for number in (3, 4, 5, 6, 9, 10, 11, 12)] == [
        *("LW", "WEX", "PAS", "WEXGEN", "ACK^A01^ACK"),
        *("LW1", "P", "2.4"),
    ]
    assert [str(body[number]) for number in (1, 2)] == ["AA", "M1"]


def test_what_is_wrong_is_said_with_its_field_and_cannot_break_the_answer() -> None:
    finding = Finding("PID-3", "PID-3 | has ^ no \r number")
    answer = acknowledge(judge(RAW).header, Code.ERROR, "LW1", NOW, finding).decode()
    assert "MSA|AE|M1|PID-3 \\F\\ has" in answer
    assert "ERR||PID^1^3||E" in answer


@pytest.mark.parametrize(
    ("raw", "code", "where", "control_id"),
    [
        (RAW.replace(b"ADT^A01", b""), "AE", "MSH-9", "M1"),
        (RAW.replace(b"ADT", b""), "AE", "MSH-9", "M1"),
        (RAW.replace(b"|M1|", b"||"), "AE", "MSH-10", ""),
        (RAW.replace(b"ADT^A01|M1", b"|"), "AE", "MSH-9", ""),
        (RAW.replace(b"ADT", b"ORU"), "AR", "MSH-9", "M1"),
    ],
)
def test_a_sender_is_told_which_message_was_wrong_and_that_it_was_theirs(
    raw: bytes, code: str, where: str, control_id: str
) -> None:
    verdict = judge(raw)
    answer = hl7.parse(acknowledge(verdict.header, verdict.code, "LW1", NOW, verdict.finding).decode())
    assert [str(answer.segment("MSH")[number]) for number in (3, 4, 5, 6)] == ["LW", "WEX", "PAS", "WEXGEN"]
    assert [str(answer.segment("MSA")[number]) for number in (1, 2)] == [code, control_id]
    assert str(answer.segment("MSA")[3]).startswith(where)


@pytest.mark.parametrize(
    ("raw", "code", "where"),
    [
        (RAW, "AA", None),
        (RAW.replace(b"ADT", b"ORU"), "AR", "MSH-9"),
        (RAW.replace(b"2.4", b"3"), "AR", "MSH-12"),
        (RAW.replace(b"M1", b""), "AE", "MSH-10"),
        (RAW.replace(b"M1", b"M" * 200), "AE", "MSH-10"),
        (RAW + b"PID|\0", "AE", "MSH"),
        (b"hello", "AR", "MSH"),
    ],
)
def test_the_header_alone_decides(raw: bytes, code: str, where: str | None) -> None:
    verdict = judge(raw)
    assert (verdict.code, verdict.finding.where if verdict.finding else None) == (code, where)
    assert acknowledge(verdict.header, verdict.code, "LW1", NOW, verdict.finding).startswith(b"MSH|^~\\&|")
