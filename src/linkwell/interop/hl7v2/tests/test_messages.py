"""If these fail, a field of a hospital's message is misread."""

from __future__ import annotations

import hl7
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkwell.interop.hl7v2.messages import Message, header, text_of
from linkwell.kernel.errors import Invalid

HEAD = "MSH|^~\\&|PAS|WEXGEN|LW|WEX|20261102091000||ADT^A01|1|P|2.4"
words = st.text(st.characters(codec="utf-8", exclude_characters="|^~\\&\r\n\x00\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"))
fields = st.lists(
    st.lists(st.lists(words.map(str.strip), min_size=1, max_size=3).map("^".join), min_size=1, max_size=3).map(
        "~".join
    ),
    min_size=1,
    max_size=8,
)


@pytest.mark.fault("F9")
@given(fields)
def test_fields_are_what_another_reader_finds(values: list[str]) -> None:
    text = f"{HEAD}\rZXX|{'|'.join(values)}\r"
    ours, theirs = Message(text).first("ZXX"), hl7.parse(text).segment("ZXX")
    for number in range(1, len(values) + 1):
        assert ours.raw(number) == str(theirs[number])
        for index, repetition in enumerate(ours.raw(number).split("~")):
            for component in range(1, repetition.count("^") + 2):
                mine = ours.pick(repetition, component)
                assert mine == _theirs(theirs, number, index, component)


def _theirs(segment: hl7.Segment, number: int, repetition: int, component: int) -> str:
    field = segment[number]
    if len(field) <= repetition:
        return ""
    found = field[repetition]
    return str(found[component - 1] if isinstance(found, hl7.Repetition) else found).strip()


@pytest.mark.fault("F9")
@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_any_line_end_ends_a_segment(end: str) -> None:
    message = Message(end.join([HEAD, "PID|1||H1", "PV1|1|I", ""]))
    assert [each.name for each in message.segments] == ["MSH", "PID", "PV1"]


@pytest.mark.fault("F9")
def test_a_line_end_inside_words_does_not_begin_a_segment() -> None:
    assert Message(f"{HEAD}\rPID|1||H1||Every\nman|\rPV1|1").first("PID").value(5) == "Every\nman"


@pytest.mark.fault("F9")
def test_escapes_are_the_characters_they_stand_for() -> None:
    pid = Message(
        f"{HEAD}\rPID|a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f|\\X41C3A9\\|x\\.br\\y|\\H\\loud\\N\\|\\Q\\ C:\\dir"
    ).first("PID")
    assert [pid.value(number) for number in range(1, 6)] == [
        "a|b^c&d~e\\f",
        "Aé",
        "x\ny",
        "loud",
        "\\Q\\ C:\\dir",
    ]


@pytest.mark.fault("F9")
def test_a_message_may_declare_other_separators() -> None:
    message = Message("MSH$%*/#$PAS$$$$20261102$$ADT%A01$1$P$2.4\rPID$1$$H1%%%WEX*N2$$O/T/Brien%Sam")
    assert message.first("PID").value(5, 1) == "O#Brien"
    assert [message.first("PID").pick(each) for each in message.first("PID").repetitions(3)] == ["H1", "N2"]


@pytest.mark.fault("F9")
@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (f"{HEAD}||||||UNICODE UTF-8\rPID|||||Zoë".encode(), "Zoë"),
        (f"{HEAD}||||||8859/1\rPID|||||Zoë".encode("latin-1"), "Zoë"),
        (f"{HEAD}\rPID|||||Zoë".encode("latin-1"), "Zoë"),
        (f"{HEAD}||||||8859/1\rPID|||||Zoë".encode(), "Zoë"),
        (b"\xef\xbb\xbf" + f"{HEAD}\rPID|||||Łucja".encode(), "Łucja"),
        (f"{HEAD}||||||8859/2\rPID|||||Łucja".encode("iso8859_2"), "Łucja"),
        (f"{HEAD}||||||8859/15~UNICODE UTF-8\rPID|||||Œuvre".encode("iso8859_15"), "Œuvre"),
        (f"{HEAD}||||||8859/2\rPID|||||Łucja".encode(), "Łucja"),
        (f"{HEAD}||||||BIG-5\rPID|||||Adam".encode(), "Adam"),
        (f"{HEAD}||||||WHATEVER\rPID|||||Zoë".encode("latin-1"), "Zoë"),
    ],
)
def test_names_keep_their_accents(raw: bytes, name: str) -> None:
    assert Message(text_of(raw)).first("PID").value(5) == name
    assert header(raw).control_id == "1"


@pytest.mark.fault("F9")
@pytest.mark.parametrize(
    ("alphabet", "name"),
    [
        ("GB 18030-2000", "张伟".encode("gb18030")),
        ("BIG-5", "張偉".encode("big5")),
        ("8859/7", b"\xae"),
        ("8859/99", b"\xe9"),
    ],
)
def test_letters_of_an_alphabet_that_is_not_read_are_no_other_name(alphabet: str, name: bytes) -> None:
    with pytest.raises(Invalid, match="MSH-18") as refused:
        text_of(f"{HEAD}||||||{alphabet}\rPID|||||".encode() + name)
    assert refused.value.findings[0].where == "MSH-18"


@pytest.mark.fault("F9")
def test_nul_is_refused() -> None:
    with pytest.raises(Invalid, match="PID holds a NUL"):
        text_of(f"{HEAD}\rPID|||||Ev\0ery".encode())


@pytest.mark.parametrize(
    ("raw", "where"),
    [
        (b"", "MSH"),
        (b"GET / HTTP/1.1", "MSH"),
        (b"MSH|\r^~\\&|PAS|WEXGEN|||20261102||ADT^A01|1|P|2.4", "MSH"),
    ],
)
def test_a_header_that_cannot_be_read_names_its_field(raw: bytes, where: str) -> None:
    with pytest.raises(Invalid) as wrong:
        header(raw)
    assert wrong.value.findings[0].where == where
    assert where in wrong.value.findings[0].message


@pytest.mark.fault("F9")
@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    for raw in (data, b"MSH|^~\\&|" + data, HEAD.encode() + b"\r" + data):
        try:
            header(raw)
            segments = Message(text_of(raw)).segments
        except Invalid:
            continue
        for segment in segments:
            segment.value(3, 2, 2)
