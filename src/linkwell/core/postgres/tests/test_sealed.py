"""A backup file gives nothing to the wrong reader, and hides no damage from the right one."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkwell.core.postgres import DatabaseError, sealed
from linkwell.core.postgres.sealed import (
    CHUNK,
    HEADER,
    TAG,
    DamagedBackup,
    SealedReader,
    SealedWriter,
    WrongPassphrase,
)

PASSPHRASE = "correct horse"


@pytest.fixture(autouse=True)
def cheap_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cost of a guess is not what these tests are about."""
    monkeypatch.setattr(sealed, "SCRYPT_COST", 4)


def seal(data: bytes, passphrase: str = PASSPHRASE) -> bytes:
    target = io.BytesIO()
    writer = SealedWriter(target, passphrase)
    writer.write(data)
    writer.finish()
    return target.getvalue()


def unseal(data: bytes, passphrase: str = PASSPHRASE) -> bytes:
    return SealedReader(io.BytesIO(data), passphrase).read()


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 5])
def test_what_went_in_comes_out_at_every_border_of_a_chunk(size: int) -> None:
    data = bytes(range(256)) * (size // 256 + 1)

    assert unseal(seal(data[:size])) == data[:size]


@given(st.lists(st.binary(max_size=300), max_size=20))
@settings(max_examples=25, deadline=None)
def test_it_does_not_matter_in_which_pieces_it_was_written(pieces: list[bytes]) -> None:
    target = io.BytesIO()
    writer = SealedWriter(target, PASSPHRASE)
    for piece in pieces:
        writer.write(piece)
    writer.finish()

    assert unseal(target.getvalue()) == b"".join(pieces)


def test_the_wrong_passphrase_is_told_apart_from_damage() -> None:
    with pytest.raises(WrongPassphrase):
        unseal(seal(b"data"), "wrong horse")


@pytest.mark.parametrize("kept", [0, 10, HEADER.size, HEADER.size + CHUNK + TAG, HEADER.size + CHUNK + TAG + 1, -1])
def test_a_file_cut_off_anywhere_is_refused_also_between_chunks(kept: int) -> None:
    whole = seal(b"x" * (2 * CHUNK + 100))

    with pytest.raises(DamagedBackup):
        unseal(whole[:kept])


def test_more_at_the_end_is_refused() -> None:
    with pytest.raises(DamagedBackup):
        unseal(seal(b"data") + b"x")


def test_chunks_in_another_order_are_refused() -> None:
    whole = seal(b"a" * CHUNK + b"b" * CHUNK + b"c")
    size = CHUNK + TAG
    start = HEADER.size
    swapped = whole[:start] + whole[start + size : start + 2 * size] + whole[start : start + size]

    with pytest.raises(DamagedBackup):
        unseal(swapped + whole[start + 2 * size :])


def test_a_file_never_finished_is_refused() -> None:
    target = io.BytesIO()
    SealedWriter(target, PASSPHRASE).write(b"x" * (CHUNK + 1))

    with pytest.raises(DamagedBackup):
        unseal(target.getvalue())


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_one_changed_bit_anywhere_is_noticed(data: st.DataObject) -> None:
    whole = bytearray(seal(b"some data that matters"))
    position = data.draw(st.integers(0, len(whole) - 1))
    whole[position] ^= 1 << data.draw(st.integers(0, 7))

    # A changed salt or check makes the key differ, which reads as a wrong passphrase.
    with pytest.raises((DamagedBackup, WrongPassphrase)):
        unseal(bytes(whole))


def test_the_same_backup_twice_looks_different() -> None:
    assert seal(b"data") != seal(b"data")


def test_a_backup_without_a_passphrase_is_not_made() -> None:
    with pytest.raises(DatabaseError, match="passphrase"):
        seal(b"data", "")
