"""If these fail, the documentation says something that is no longer so."""

import re
from pathlib import Path

import pytest

from linkwell.web import config, reference

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)(#[^)]*)?\)")


@pytest.mark.parametrize("name", sorted(reference.pages()))
def test_the_reference_says_what_the_program_does(name: str) -> None:
    written = (ROOT / "docs" / "reference" / name).read_text()
    assert written == reference.pages()[name], "Run `make docs` and commit the page."


def test_every_setting_says_what_it_is_for() -> None:
    assert all(setting.words.endswith(".") for setting in config.ALL)


@pytest.mark.parametrize("path", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]), ids=str)
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    broken = [target for target, _ in LINK.findall(path.read_text()) if not (path.parent / target).exists()]
    assert broken == []


def test_the_first_page_leads_to_every_other() -> None:
    led_to = {target for target, _ in LINK.findall((ROOT / "README.md").read_text())}
    pages = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("docs/*/*.md") if path.parent.name != "decisions"}
    assert sorted(pages - led_to) == []


@pytest.mark.parametrize("path", sorted(ROOT.glob("docs/decisions/*.md")), ids=lambda path: path.name)
def test_a_decision_is_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) < 60


NAMED = re.compile(r"`((?:src|tests)/[\w/]+\.py)(?:::(\w+))?`")


@pytest.mark.parametrize("name", ["security.md", "clinical-safety.md"])
def test_every_file_and_test_named_as_a_control_exists(name: str) -> None:
    text = (ROOT / "docs" / "explanation" / name).read_text()
    missing = [
        f"{path}::{test}"
        for path, test in NAMED.findall(text)
        if not (ROOT / path).exists() or (test and f"def {test}(" not in (ROOT / path).read_text())
    ]
    assert missing == []
