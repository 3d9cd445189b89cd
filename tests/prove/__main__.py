"""The long proofs: `python -m tests.prove [--quick] [--seed 1] [--only NAME]` writes docs/reference/proofs.md."""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as Xml
from pathlib import Path

from linkwell.kernel import clock

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "proofs.md"
COLUMNS = ("proof", "faults", "rounds", "result", "seed", "seconds", "commit")


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true", help="a tenth of the rounds or fewer")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", default="", help="renew the lines of these proofs alone, as pytest -k names them")
    given = asked.parse_args()
    commit = _commit()
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results.xml"
        code = _run(results, quick=given.quick, seed=given.seed, only=given.only)
        rows = _rows(results) if results.exists() else []
    lines = {row["proof"]: _line(row | {"commit": commit}) for row in rows}
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(_page((_lines_there() if given.only else {}) | lines))
    sys.stdout.write(PAGE.read_text())
    return code


def _run(results: Path, *, quick: bool, seed: int, only: str) -> int:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-n",
        "2",
        "--dist",
        "worksteal",
        "-o",
        "junit_family=xunit1",
        "tests/prove/long.py",
        f"--junitxml={results}",
        *(["-k", only] if only else []),
    ]
    environment = {"LINKWELL_PROVE": "quick" if quick else "full", "LINKWELL_PROVE_SEED": str(seed)}
    # Two processes share the cores: a library that takes them all for each of its sums only makes both wait.
    environment |= {"OPENBLAS_NUM_THREADS": "1"}
    return subprocess.run(
        [*command, "--show-capture=no"], env=os.environ | environment, cwd=ROOT, check=False
    ).returncode


def _rows(results: Path) -> list[dict[str, str]]:
    """What each proof left behind; one that broke off says so."""
    found = []
    for case in Xml.parse(results).iter("testcase"):  # noqa: S314 (written by our own run)
        row = {each.attrib["name"]: each.attrib["value"] for each in case.iter("property")}
        failed = case.find("failure") is not None or case.find("error") is not None
        row.setdefault("proof", case.attrib["name"])
        row["result"] = f"{'FAILED. ' if failed else ''}{row.get('result', '')}".strip()
        row["seconds"] = f"{float(case.attrib['time']):.0f}"
        found.append(row)
    return found


def _commit() -> str:
    asked = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(asked, capture_output=True, text=True, check=False, cwd=ROOT).stdout.strip()


def _line(row: dict[str, str]) -> str:
    return f"| {' | '.join(row.get(name, '') for name in COLUMNS)} |"


def _lines_there() -> dict[str, str]:
    """The lines of the page as it is, by the name of their proof."""
    lines = [line for line in PAGE.read_text().splitlines() if line.startswith("| ")]
    return {line.split(" | ")[0].removeprefix("| "): line for line in lines[1:]}


def _page(lines: dict[str, str]) -> str:
    return "\n".join(
        [
            "# Proofs",
            "",
            "Written by `make prove`. Each proof tries something very often, by chance from a seed that repeats it; a",
            "small share of each runs with the ordinary tests. Rounds are those that were run for this page:",
            "`make prove` runs the full size, `python -m tests.prove --quick` a tenth or fewer.",
            "Intervals that hold what was planted in 95 % of evaluations do so by chance in 93.6 to 96.4 % of 1,000;",
            "where 5 % of planted zeros are called an effect, 3.7 to 6.4 % of 1,000 are.",
            "",
            f"{clock.today():%-d %B %Y}, {platform.system()} {platform.machine()}, "
            f"{os.cpu_count()} processors, Python {platform.python_version()}. Each line names the commit it ran on.",
            "",
            f"| {' | '.join(COLUMNS)} |",
            "|---|---|---:|---|---:|---:|---|",
            *lines.values(),
            "",
            "A message is sent at most once whenever the worker dies (F3): `messaging/tests/test_killed.py`.",
            "",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
