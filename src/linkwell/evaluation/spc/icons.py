"""The two signs of a chart as small pictures of our own, always with their words."""

from __future__ import annotations

from linkwell.evaluation.report import Chart, TableOf
from linkwell.evaluation.report.drawing import BLUE, INK, ORANGE, QUIET, Sheet
from linkwell.evaluation.spc.chart import Assurance, Process, Variation

WIDTH, HEIGHT = 520, 120

SAID = {
    Variation.COMMON: "Usual ups and downs (common cause)",
    Variation.IMPROVEMENT: "Changed for the better (special cause)",
    Variation.CONCERN: "Changed for the worse (special cause)",
    Variation.NEUTRAL: "Changed (special cause; nobody said which way is better)",
}
PROMISED = {
    Assurance.PASS: "Will meet the target, as things are",
    Assurance.FAIL: "Will miss the target, as things are",
    Assurance.HIT_OR_MISS: "May meet or miss the target, by chance",
}
_COLOURS = {
    Variation.COMMON: QUIET,
    Variation.IMPROVEMENT: BLUE,
    Variation.CONCERN: ORANGE,
    Variation.NEUTRAL: INK,
}


def icons(process: Process) -> Chart:
    """Variation, and assurance where there is a target."""
    sheet = Sheet(WIDTH, HEIGHT if process.assurance else HEIGHT // 2 + 10)
    rows = [("Variation", _variation_words(process))]
    _variation(sheet, process, 34)
    sheet.words(78, 39, rows[0][1])
    if process.assurance:
        rows.append(("Assurance", PROMISED[process.assurance]))
        _assurance(sheet, process.assurance, 88)
        sheet.words(78, 93, rows[1][1])
    title, words = "What the latest value says", ". ".join(said for _, said in rows)
    return Chart(title, words, sheet.done(title, words), TableOf(title, ("Sign", "Meaning"), tuple(rows)))


def _variation_words(process: Process) -> str:
    which = {1: ", upwards", -1: ", downwards"}.get(process.way, "")
    return SAID[process.variation] + which


def _variation(sheet: Sheet, process: Process, y: float) -> None:
    colour = _COLOURS[process.variation]
    sheet.dot(40, y, colour, hollow=True, size=24)
    if not process.way:
        sheet.path(((24, y + 5), (32, y - 6), (40, y + 5), (48, y - 6), (56, y + 5)), colour, width=3)
        return
    tip = y - 13 * process.way
    sheet.path(((40, y + 13 * process.way), (40, tip)), colour, width=4)
    sheet.path(((31, tip + 9 * process.way), (40, tip), (49, tip + 9 * process.way)), colour, width=4)


def _assurance(sheet: Sheet, assurance: Assurance, y: float) -> None:
    colour = {Assurance.PASS: BLUE, Assurance.FAIL: ORANGE, Assurance.HIT_OR_MISS: QUIET}[assurance]
    sheet.dot(40, y, colour, hollow=True, size=24)
    if assurance is Assurance.PASS:
        sheet.path(((30, y), (37, y + 8), (51, y - 9)), colour, width=4)
    elif assurance is Assurance.FAIL:
        sheet.path(((32, y - 8), (48, y + 8)), colour, width=4)
        sheet.path(((32, y + 8), (48, y - 8)), colour, width=4)
    else:
        sheet.path(((27, y + 6), (34, y - 6), (40, y + 6), (46, y - 6), (53, y + 6)), colour, width=3)
        sheet.line((24, y), (56, y), colour, "3 3")
