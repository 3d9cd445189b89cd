"""The rules on Spark beside DuckDB, row for row: `python -m tests.bench.spark`. Says what this machine lacks."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from click.testing import CliRunner

from linkwell.cohorts.engines.spark import lacking
from linkwell.cohorts.generating import generate
from linkwell.cohorts.rules import known
from linkwell.web.commands.cohorts import cohorts


def main() -> None:
    if lack := lacking():
        sys.exit(f"Not tested on Spark. {lack}")
    with TemporaryDirectory(prefix="linkwell-spark-") as folder:
        made = generate(Path(folder), people=5000, years=2, seed=5)
        files = [f"--{name}={made.folder / name}.parquet" for name in ("attendances", "spells", "delays")]
        for engine in ("duckdb", "spark"):
            asked = ["run", "--engine", engine, *files, "--as-of", f"{made.as_of}", "--out", str(Path(folder) / engine)]
            CliRunner().invoke(cohorts, asked, catch_exceptions=False)
        differing = [
            rule.name for rule in known() if _rows(folder, "duckdb", rule.name) != _rows(folder, "spark", rule.name)
        ]
    passed = len(known()) - len(differing)
    sys.stdout.write(f"{''.join(f'{name}: other rows on Spark than on DuckDB' for name in differing)}\n")
    sys.stdout.write(f"{passed} passed, {len(differing)} failed\n")
    sys.exit(bool(differing))


def _rows(folder: str, engine: str, rule: str) -> list[tuple[object, ...]]:
    return duckdb.execute(f"select * from '{Path(folder) / engine / rule}.parquet' order by all").fetchall()


if __name__ == "__main__":
    main()
