"""The shape of the house: small files, small functions, reads and writes in their rooms."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "linkwell"
LONGEST_FILE = 400
LONGEST_FUNCTION = 80
ORM_ROOMS = {"actions", "queries", "models", "migrations", "tests"}
# Core is the machinery that the rooms stand on; its tables are its own.
ORM_OF_THE_HOUSE = {"core", "conftest.py"}


def python_files() -> list[Path]:
    return sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


def relative(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def too_long(path: Path) -> str | None:
    lines = len(path.read_text().splitlines())
    return f"{relative(path)} has {lines} lines; split it by noun." if lines > LONGEST_FILE else None


def long_functions(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{node.name} has {length} lines; give its parts names."


def orm_uses(tree: ast.AST) -> Iterator[int]:
    """Lines that reach a model's manager (`X.objects`) or save or delete a row."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}:
            yield node.lineno


def in_an_orm_room(path: Path) -> bool:
    parts = path.relative_to(SOURCE).parts
    rooms = {part.removesuffix(".py") for part in parts[1:]}
    return parts[0] in ORM_OF_THE_HOUSE or bool(rooms & ORM_ROOMS)


def test_no_file_is_too_long() -> None:
    assert [problem for path in python_files() if (problem := too_long(path))] == []


def test_no_function_is_too_long() -> None:
    found = [f"{relative(path)}: {each}" for path in python_files() for each in long_functions(_tree(path))]
    assert found == []


def test_only_actions_and_queries_touch_the_tables() -> None:
    found = [
        f"{relative(path)}:{line} reads or writes a table; move it to actions or queries."
        for path in python_files()
        if not in_an_orm_room(path)
        for line in orm_uses(_tree(path))
    ]
    assert found == []


@pytest.mark.parametrize("code", ["Person.objects.all()", "model._default_manager.get()"])
def test_the_orm_lint_sees(code: str) -> None:
    assert list(orm_uses(ast.parse(code))) == [1]


def test_the_length_lint_sees() -> None:
    body = "\n".join(["    pass"] * (LONGEST_FUNCTION + 1))
    assert list(long_functions(ast.parse(f"def long():\n{body}")))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


RESTRICTED_COLUMN = re.compile(r"person__restricted|person\.restricted|\brestricted=(True|False)|\bp\.restricted\b")


def test_who_is_restricted_is_asked_in_one_place_that_follows_links() -> None:
    found = [
        f"{relative(path)}: ask people.queries.kept_apart_ids, or somebody restricted on another record is named."
        for path in python_files()
        if relative(path).split("/")[0] != "people" and "tests" not in path.parts and "demo" not in path.parts
        if relative(path) != "hospital/queries/listable.py"
        if RESTRICTED_COLUMN.search(path.read_text())
    ]
    assert found == []
