"""If this fails, a number can reach the public that no gate has seen."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "linkwell"
GATE = SOURCE / "evaluation" / "disclosure"
# What makes cells; everybody else is handed them.
MAKERS = {"_GATE", "_Key", "as_kept", "mean_as_kept", "of_count", "of_mean"}
# Where numbers become cells: the gate itself, and the one room that takes a release through it.
MAY = {"of_mean": {"showcase/preparing.py"}}


def taken(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from (each.name for each in node.names)
        if isinstance(node, ast.Attribute):
            yield node.attr


@pytest.mark.fault("F28")
def test_nothing_but_the_gate_makes_a_cell_that_may_be_published() -> None:
    wrong = [
        f"{relative} takes {name}; ask evaluation.disclosure.gate.release for a cell."
        for path in sorted(SOURCE.rglob("*.py"))
        if GATE not in path.parents and "tests" not in path.parts
        for relative in [str(path.relative_to(SOURCE))]
        for name in MAKERS & set(taken(ast.parse(path.read_text())))
        if relative not in MAY.get(name, set())
    ]
    assert wrong == []
