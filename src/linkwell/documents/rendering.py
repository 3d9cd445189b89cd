"""Turns a document's data into an accessible PDF (PDF/UA-1), with Typst and our own fonts only."""

from __future__ import annotations

import datetime as dt
import json
import re
import threading
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal

import typst

from linkwell.documents import script
from linkwell.documents.script import MARK, Value
from linkwell.kernel import tongue
from linkwell.kernel.errors import LinkwellError
from linkwell.kernel.tongue import Tongue, say

Template = Literal["plan", "plan_easy", "letter", "message_back", "report", "evaluation"]
_UNSHOWABLE = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_MOST_TRIES = 50
# One Typst compiler does one thing at a time.
_TURN = threading.Lock()


class Layout(StrEnum):
    """Large print is 18 point and more throughout."""

    STANDARD = "standard"
    LARGE_PRINT = "large_print"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A PDF, and the characters in it that no font of ours could show (each shown as "\ufffd")."""

    pdf: bytes
    replaced: tuple[str, ...] = ()


class CannotRender(LinkwellError):
    """The document could not be made: a fault of ours, never of what somebody typed."""

    default = "We could not make this document. What you wrote is safe."


def render(template: Template, data: dict[str, Value], *, date: dt.date, layout: Layout = Layout.STANDARD) -> Rendered:
    """The PDF of `data` in a template. The same input always gives the same bytes.

    `date` is written into the file as its date, so that nothing depends on the machine's clock.
    """
    replaced: dict[str, None] = {}
    given: dict[str, Value] = {
        **data,
        "large": layout is Layout.LARGE_PRINT,
        "date_parts": [date.year, date.month, date.day],
        "lang": "cy" if tongue.current() is Tongue.WELSH else "en",
        "page_words": say("page {page} of {pages}"),
        "out_of_ten": say("{number} out of 10"),
    }
    content = json.dumps(script.shown(given, replaced), ensure_ascii=False, sort_keys=True)
    for _ in range(_MOST_TRIES):
        try:
            return Rendered(_compile(template, content), tuple(replaced))
        except typst.TypstError as error:
            content = _without_unshowable(content, error, replaced)
    raise CannotRender


def _compile(template: Template, content: str) -> bytes:
    with _TURN:
        result = _compiler(template).compile(
            format="pdf", pdf_standards=["ua-1"], sys_inputs={"data": content}, timestamp=0
        )
    if not isinstance(result, bytes):
        raise CannotRender
    return result


def _without_unshowable(content: str, error: typst.TypstError, replaced: dict[str, None]) -> str:
    """A last guard, for a sequence each part of which is known but which no font can join."""
    found = _UNSHOWABLE.search(error.message)
    if found is None:
        raise CannotRender from error
    text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1])
    if not text or text not in content or text == MARK:
        raise CannotRender from error
    replaced.update(dict.fromkeys(text))
    return content.replace(text, MARK)


@cache
def _compiler(template: Template) -> typst.Compiler:
    here = Path(str(resources.files(__package__)))
    templates = here / "templates"
    return typst.Compiler(templates / f"{template}.typ", root=templates, font_paths=_fonts(), ignore_system_fonts=True)


@cache
def _fonts() -> typst.Fonts:
    here = Path(str(resources.files(__package__)))
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(here / "fonts")])
