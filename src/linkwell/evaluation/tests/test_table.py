"""What is in a file of data, and what is refused in it."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet
import pytest

from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.table import read_table


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "data.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_numbers_words_and_dates_are_read_from_csv_and_parquet_alike(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, "month,score,who\n2026-01,1.5,001\n2026-02, 2 ,002\n"))
    assert table.numbers("score").tolist() == [1.5, 2.0]
    assert table.words("who").tolist() == ["001", "002"]
    assert [day.isoformat() for day in table.dates("month")] == ["2026-01-01", "2026-02-01"]
    path = tmp_path / "data.parquet"
    pa.parquet.write_table(pa.table({"score": [1, 2], "who": ["001", "002"]}), path)
    assert read_table(path).numbers("score").tolist() == [1.0, 2.0]


def test_an_empty_score_is_missing_and_never_nought(tmp_path: Path) -> None:
    scores = read_table(written(tmp_path, "who,score\na,\nb,0\n")).numbers("score", missing=True)
    assert np.isnan(scores[0])
    assert scores[1] == 0


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("score\n1\nmany\n", "Row 3, column “score”: “many” is not a number."),
        ("score\n1\ninf\n", "Row 3, column “score”: the cell is not a finite number."),
        ("score\n1\nnan\n", "Row 3, column “score”: the cell is not a finite number."),
        ("score,x\n1,\n,2\n", "Row 3, column “score”: the cell is empty."),
        ("points\n1\n", "There is no column “score”. The file has: points."),
        ("score\n", "data.csv has no rows."),
        ("score,score\n1,2\n", "Two columns are called “score”. Give each its own name."),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_row(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read_table(written(tmp_path, text)).numbers("score")
    assert refused.value.message == reason


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.parquet"
    path.write_bytes(b"\x00\xff not parquet")
    with pytest.raises(Refused, match="cannot be read as a table"):
        read_table(path)
    path = tmp_path / "broken.csv"
    path.write_bytes(b"score\n\xff\xfe\x00\n")
    with pytest.raises(Refused):
        read_table(path).numbers("score")
