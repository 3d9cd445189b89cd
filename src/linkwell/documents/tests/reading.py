"""Reads back what a PDF says and how it is tagged, for tests."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pikepdf

_PAIRS = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGES = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def text_of(pdf: bytes, *, artifacts: bool = False) -> str:
    """The words of the PDF in reading order, with all white space as one blank."""
    pages = ("".join(_page_text(page, artifacts)) for page in opened(pdf).pages)
    return re.sub(r"\s+", " ", " ".join(pages))


def font_sizes(pdf: bytes) -> set[float]:
    """The sizes, in points, in which text is shown."""
    return {
        float(operands[1])
        for page in opened(pdf).pages
        for operands, operator in _instructions(page)
        if str(operator) == "Tf" and isinstance(operands[1], (Decimal, int, float))
    }


def structure(pdf: bytes) -> list[str]:
    """The tags of the structure tree, in reading order ("Document", "H1", "P", …)."""

    def walk(node: Any) -> Iterator[str]:
        if isinstance(node, pikepdf.Array):
            for place in range(len(node)):
                yield from walk(node[place])
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                yield str(node["/S"]).lstrip("/")
            if "/K" in node:
                yield from walk(node["/K"])

    with opened(pdf) as document:
        root: Any = document.Root
        return list(walk(root["/StructTreeRoot"]["/K"]))


def _page_text(page: pikepdf.Page, artifacts: bool) -> Iterator[str]:
    resources: Any = page["/Resources"]
    fonts = {name: _code_map(font) for name, font in resources.get("/Font", {}).items()}
    current: dict[bytes, str] = {}
    marks: list[str] = []
    for operands, operator in _instructions(page):
        match str(operator):
            case "Tf":
                current = fonts[str(operands[0])]
            case "BDC" | "BMC":
                marks.append(_mark(operands))
                yield marks[-1].removeprefix("text:") if marks[-1].startswith("text:") else ""
            case "EMC":
                marks.pop()
            case "Tj" | "TJ" if not _hidden(marks, artifacts):
                pieces = operands[0] if str(operator) == "TJ" else [operands[0]]
                yield from (_decoded(bytes(piece), current) for piece in pieces if isinstance(piece, pikepdf.String))
            case "ET" | "Tm" | "Td":
                yield " " if not _hidden(marks, artifacts) else ""


def _hidden(marks: list[str], artifacts: bool) -> bool:
    return any(mark.startswith("text:") or (mark == "artifact" and not artifacts) for mark in marks)


def _mark(operands: Any) -> str:
    if str(operands[0]) == "/Artifact":
        return "artifact"
    if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) and "/ActualText" in operands[1]:
        return "text:" + str(operands[1]["/ActualText"])
    return ""


def _instructions(page: pikepdf.Page) -> Iterator[tuple[Any, Any]]:
    for instruction in pikepdf.parse_content_stream(page):
        yield instruction.operands, instruction.operator


def _code_map(font: Any) -> dict[bytes, str]:
    cmap = font["/ToUnicode"].read_bytes()
    found: dict[bytes, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in _PAIRS.findall(block):
            found[bytes.fromhex(code.decode())] = bytes.fromhex(text.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text in _RANGES.findall(block):
            width = len(first) // 2
            start = int(text, 16)
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[(int(first, 16) + step).to_bytes(width, "big")] = chr(start + step)
    return found


def _decoded(raw: bytes, codes: dict[bytes, str]) -> str:
    width = len(next(iter(codes), b"xx"))
    return "".join(codes.get(raw[place : place + width], "") for place in range(0, len(raw), width))
