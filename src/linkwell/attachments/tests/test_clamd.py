"""If these fail, a virus is not found, or a scanner that is down stops the work."""

import pytest

from linkwell.attachments.clamd import NoAnswer, TooLargeForScanner, scan
from linkwell.attachments.tests.clamd_server import EICAR, scanner


def test_the_scanner_is_shown_the_whole_file_and_its_word_is_taken() -> None:
    content = bytes(range(256)) * 2_000
    with scanner() as there:
        assert not scan(content, where=there.where, seconds=5).harmful
        assert there.seen == [content]
        found = scan(b"A letter\n" + EICAR, where=there.where, seconds=5)
    assert found.harmful
    assert found.scanner.startswith("ClamAV 1.4.3")


def test_a_file_larger_than_the_scanner_takes_is_said_to_be() -> None:
    with scanner() as there:
        there.largest = 1_000
        with pytest.raises(TooLargeForScanner):
            scan(b"x" * 3_000_000, where=there.where, seconds=5)


def test_a_scanner_that_is_slow_gone_or_confused_is_no_error() -> None:
    with scanner() as there:
        there.slow = 1
        with pytest.raises(NoAnswer, match="in time"):
            scan(b"x", where=there.where, seconds=0.1)
        there.slow, there.says = 0, b"stream: Can't allocate memory ERROR\0"
        with pytest.raises(NoAnswer, match="could not check"):
            scan(b"x", where=there.where, seconds=5)
        gone = there.where
    for where in (gone, "/no/such/socket", "localhost:notaport"):
        with pytest.raises(NoAnswer, match="could not be reached"):
            scan(b"x", where=where, seconds=1)
