"""If these fail, one small file can stop the whole service."""

from __future__ import annotations

import gzip
import io
import json
import time
import tracemalloc
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkwell.kernel.errors import Invalid, TooMany
from linkwell.kernel.limits import MEGABYTE, at_most, check_json_depth, chunks, decompressed, read_at_most


def _pieces(data: bytes, size: int) -> Iterator[bytes]:
    return (data[place : place + size] for place in range(0, len(data), size))


@pytest.mark.fault("F25")
def test_a_stream_that_is_too_long_is_stopped_while_reading() -> None:
    endless = iter(lambda: b"x" * 1000, b"")
    with pytest.raises(TooMany, match="4 KB"):
        list(at_most(endless, 4096))
    assert read_at_most(io.BytesIO(b"x" * 4096), 4096) == b"x" * 4096


@pytest.mark.fault("F25")
@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_a_bomb_is_stopped_before_memory_is_taken(pack: object) -> None:
    bomb: bytes = pack(b"\0" * (200 * MEGABYTE))  # type: ignore[operator]
    tracemalloc.start()
    with pytest.raises(TooMany):
        for _ in decompressed(chunks(io.BytesIO(bomb))):
            pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 * MEGABYTE


@pytest.mark.fault("F25")
def test_the_absolute_limit_holds_for_honest_ratios_too() -> None:
    noise = b"".join(i.to_bytes(4, "big") for i in range(MEGABYTE // 2))
    with pytest.raises(TooMany, match="1 MB"):
        list(decompressed([gzip.compress(noise, mtime=0)], most=MEGABYTE))


@given(data=st.binary(max_size=5000), size=st.integers(1, 700))
def test_honest_files_are_unpacked_whole(data: bytes, size: int) -> None:
    assert b"".join(decompressed(_pieces(gzip.compress(data, mtime=0), size))) == data


def test_a_large_honest_file_is_unpacked_whole() -> None:
    data = bytes(range(256)) * 4000
    assert b"".join(decompressed([gzip.compress(data, mtime=0)])) == data


# No clock in it: the same names of tests in every process.
HELLO = gzip.compress(b"hello", mtime=0)


@pytest.mark.parametrize("data", [b"not packed", HELLO[:-4], HELLO + b"more"])
def test_damaged_files_get_a_plain_message(data: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        list(decompressed([data]))
    assert "compressed file" in refused.value.message


@pytest.mark.fault("F25")
def test_deep_json_is_refused_before_a_parser_sees_it() -> None:
    deep = b"[" * 100_000
    with pytest.raises(TooMany, match="64 levels"):
        list(check_json_depth([deep]))
    with pytest.raises(TooMany):
        list(check_json_depth([b'{"a":' * 65]))


NESTED = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner, max_size=3)),
    max_leaves=20,
)


def _depth(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(_depth, value), default=0)
    return 0


@given(value=NESTED, size=st.integers(1, 50), plain=st.booleans())
def test_brackets_in_words_do_not_count_wherever_the_stream_is_cut(value: object, size: int, plain: bool) -> None:
    data = json.dumps(value, ensure_ascii=plain).encode()
    depth = _depth(value)
    assert b"".join(check_json_depth(_pieces(data, size), deepest=depth)) == data
    if depth:
        with pytest.raises(TooMany):
            list(check_json_depth(_pieces(data, size), deepest=depth - 1))


def test_a_large_feed_is_looked_through_quickly() -> None:
    data = json.dumps([{"name": "Lunch club", "open": [1, 2, 3]}] * 20_000).encode()
    start = time.perf_counter()
    list(check_json_depth(_pieces(data, 65536)))
    assert time.perf_counter() - start < 3
