"""The guides of Linkwell, readable inside it: the same texts as in the folder `docs`."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markupsafe import Markup

DOCS = Path(__file__).resolve().parents[3] / "docs"
FOLDERS = ("tutorial", "how-to")
# Guides for whoever builds Linkwell.
LEFT_OUT = frozenset({"build-pages"})
_LINK = re.compile(r"\]\(([^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Guide:
    """One guide: the name in its address, its title, and its text in Markdown without the title."""

    name: str
    title: str
    text: str

    def fits(self, words: str) -> bool:
        """Whether each of these words is in it."""
        whole = f"{self.title} {self.text}".casefold()
        return all(word in whole for word in words.casefold().split())


@cache
def guides() -> dict[str, Guide]:
    """Every guide by its name, the tutorial first. None where Linkwell runs without its documentation."""
    paths = [path for folder in FOLDERS for path in sorted((DOCS / folder).glob("*.md"))]
    return {path.stem: _read(path) for path in paths if path.stem not in LEFT_OUT}


def _read(path: Path) -> Guide:
    title, _, text = path.read_text("utf-8").partition("\n")
    return Guide(path.stem, title.removeprefix("# ").strip(), text.strip())


@cache
def as_page(name: str) -> Markup:
    """A guide as HTML. Raises KeyError. HTML in the text is shown as text, and never run."""
    text = _LINK.sub(_inside, guides()[name].text)
    return Markup(MarkdownIt("commonmark", {"html": False}).enable("table").render(text))  # noqa: S704


def _inside(link: re.Match[str]) -> str:
    """A link to another guide leads to it; one to a text that is not shown here leads to the list of guides."""
    target = link[1]
    if "://" in target or target.startswith("#"):
        return link[0]
    stem = Path(target.partition("#")[0]).stem
    return f"](/help/{stem}/)" if stem in guides() else "](/help/)"
