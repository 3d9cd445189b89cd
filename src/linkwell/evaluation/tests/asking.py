"""Asking the command as somebody at a terminal would."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from linkwell.evaluation.cli import impact


def ask(*words: object) -> Any:
    """The answer, from JSON."""
    done = CliRunner().invoke(impact, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def refused(*words: object) -> str:
    """The reason; no number may go with it."""
    done = CliRunner().invoke(impact, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 2, done.output
    said = json.loads(done.stdout)
    assert set(said) == {"refused"}
    assert said["refused"] in done.stderr
    return str(said["refused"])


def written(folder: Path, heading: str, rows: Iterable[Sequence[object]]) -> Path:
    """A file of data."""
    path = folder / "data.csv"
    lines = [heading, *(",".join(map(str, row)) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
