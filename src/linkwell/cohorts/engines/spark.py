"""Spark: activity past one machine. Needs the extra `spark` and Java 17 or later."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
import ibis
from ibis.expr import types as ir

from linkwell.cohorts import duck
from linkwell.cohorts.engines import code_rows
from linkwell.kernel.errors import Invalid


def lacking() -> str:
    """What this machine lacks to run Spark, in words; the empty string where it lacks nothing."""
    if find_spec("pyspark") is None:
        return "Spark is not installed: install Linkwell with its extra, linkwell[spark]."
    if shutil.which("java") is None:
        return "Spark needs Java 17 or later, and no java is on the path."
    return ""


@contextmanager
def session() -> Iterator[Any]:
    """A Spark session on this machine's cores, stopped at the end. Raises Invalid with what is lacking."""
    if lack := lacking():
        raise Invalid({"engine": lack})
    from pyspark.sql import SparkSession

    spark = (
        SparkSession.builder.master("local[*]")
        .appName("linkwell")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "8")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    try:
        yield spark
    finally:
        spark.stop()


class Spark:
    """An engine in a Spark session. `con` gathers the parts of an answer into one file."""

    def __init__(self, spark: Any, con: duckdb.DuckDBPyConnection, folder: Path) -> None:
        self.spark, self.con, self.folder = spark, con, folder

    def load(self, tables: Mapping[str, str]) -> None:
        for name, rows in tables.items():
            path = self.folder / f"{name}-for-spark.parquet"
            self.con.execute(f"copy ({rows}) to {duck.text(path)} (format parquet)")
            self.spark.read.parquet(str(path)).createOrReplaceTempView(name)
        rows = self.spark.createDataFrame(code_rows(), "kind string, grp string, code string, bit bigint")
        rows.cache().createOrReplaceTempView("code_lists")

    def make(self, name: str, expression: ir.Table) -> None:
        self.spark.sql(compiled(expression)).cache().createOrReplaceTempView(name)

    def write(self, expression: ir.Table, into: Path) -> int:
        parts = self.folder / "answer"
        self.spark.sql(compiled(expression)).write.mode("overwrite").parquet(str(parts))
        self.con.execute(
            f"copy (select * from read_parquet({duck.text(parts / '*.parquet')}) order by person_id) "
            f"to {duck.text(into)} (format parquet, compression zstd)"
        )
        shutil.rmtree(parts)
        return duck.one(self.con, f"select count(*) from read_parquet({duck.text(into)})")


def compiled(expression: ir.Table) -> str:
    return str(ibis.to_sql(expression, dialect="pyspark"))
