"""A file of referrals, one a row: what its columns mean, and what is wrong with a row. Reads a row at a time.

Every row of the file is accounted for: in = sent + not sent. Nothing is mended in silence: what a spreadsheet has
damaged (an NHS number written as 9.43E+09, a telephone number without its 0) is reported, never guessed.
"""

import csv
import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TextIO
from uuid import UUID, uuid5

from django.http import QueryDict

from linkwell.kernel import codes, csv_safe
from linkwell.kernel.errors import Invalid
from linkwell.referrals.details import ReferralDetails
from linkwell.referrals.forms.refer import ReferForm

LONGEST_CELL = 5_000
# What stands for a character that was lost, or that cannot be kept.
LOST = "\ufffd"
_NAMESPACE = UUID("8f0c6a1e-54f7-4b0e-9a57-0e0f2a7d9c11")
# What each column is called in the file, and the box of the form it stands for.
COLUMNS = {
    "First name": "given_name",
    "Last name": "family_name",
    "Date of birth": "date_of_birth",
    "NHS number": "nhs_number",
    "Phone": "phone",
    "E-mail": "email",
    "Address": "address",
    "Postcode": "postcode",
    "GP practice": "gp_practice_name",
    "Language": "language",
    "Interpreter": "interpreter",
    "Needs": "needs",
    "Why": "why",
    "Knows and agrees": "knows",
    "Safe to use": "safe",
    "Keep safe": "safe_notes",
    "Asked alone": "asked_alone",
}
REQUIRED = ("First name", "Last name", "Knows and agrees")
_LABELS = {box: label for label, box in COLUMNS.items()}
_KNOWS = {"yes": "agrees", "knows": "knows", "no": "not_asked"}
_CHANNELS = {"phone": "phone", "voicemail": "voicemail", "text": "text", "e-mail": "email", "letter": "letter"}
_NEEDS = {need.plain.casefold(): need.code for need in codes.NEEDS} | {need.code: need.code for need in codes.NEEDS}
_DATE = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file. `number` counts as a spreadsheet does: the header is row 1."""

    number: int
    cells: dict[str, str]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A row after checking: the referral it makes, or what is wrong with it, in words."""

    number: int
    details: ReferralDetails | None
    key: UUID
    problems: tuple[str, ...] = ()


@dataclass(slots=True)
class Seen:
    """Who came earlier in the file, and whether some date can only be read with the month first."""

    month_first: bool = False
    people: dict[tuple[str, ...], int] = field(default_factory=dict)


def rows(stream: TextIO) -> Iterator[Row]:
    """The rows of a file, also those with cells too many or too few. Raises Invalid for a header we cannot use."""
    reader = csv.reader(stream, strict=True)
    header = _header(reader)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise Invalid({f"line {reader.line_num}": "The file is damaged here: a quote is not closed."}) from None
        except UnicodeDecodeError:
            raise Invalid({"": "Save the file as “CSV UTF-8” and try again."}) from None
        if any(cell.strip() for cell in cells):
            yield _row(reader.line_num, header, cells)


def _header(reader: Iterator[list[str]]) -> list[str]:
    try:
        first = next(reader, [])
    except (csv.Error, UnicodeDecodeError):
        raise Invalid({"": "Save the file as “CSV UTF-8” and try again."}) from None
    known = {label.casefold(): label for label in COLUMNS}
    names = [csv_safe.original(name.removeprefix(csv_safe.BYTE_ORDER_MARK)).strip() for name in first]
    while names and not names[-1]:
        names.pop()
    strange = [name for name in names if name.casefold() not in known]
    if strange or not names:
        shown = f" “{strange[0][:60]}” is not one of them." if strange else ""
        raise Invalid({"header": f"The first row must hold the names of the columns, as in the empty file.{shown}"})
    found = [known[name.casefold()] for name in names]
    twice = sorted({name for name in found if found.count(name) > 1})
    missing = [name for name in REQUIRED if name not in found]
    if twice:
        raise Invalid({"header": f"The column “{twice[0]}” comes more than once."})
    if missing:
        raise Invalid({"header": f"The column “{missing[0]}” is missing."})
    return found


def _row(number: int, header: list[str], cells: list[str]) -> Row:
    while len(cells) > len(header) and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) != len(header):
        return Row(number, {}, f"This row has {len(cells)} cells; the first row has {len(header)}.")
    if any(LOST in cell or "\x00" in cell for cell in cells):
        return Row(number, {}, "A cell holds a character that cannot be kept.")
    if any(len(cell) > LONGEST_CELL for cell in cells):
        return Row(number, {}, f"A cell is longer than {LONGEST_CELL:,} characters.")
    return Row(number, dict(zip(header, (csv_safe.original(cell).strip() for cell in cells), strict=True)))


def first_look(found: Iterator[Row]) -> Seen:
    """A first pass over the file, for what one row alone cannot say: in which order its dates are written."""
    seen = Seen()
    for row in found:
        date = _DATE.fullmatch(row.cells.get("Date of birth", ""))
        if date and int(date[1]) <= 12 < int(date[2]):
            seen.month_first = True
    return seen


def pass_by(row: Row, seen: Seen) -> None:
    """A row that was dealt with before: whoever comes again later in the file is still found."""
    if not row.problem:
        _again(row, seen)


def check(row: Row, seen: Seen, sender: dict[str, str], takes: Callable[[dt.date], str]) -> Checked:
    """One row. `takes` says in words why somebody born then is not of the team's age, or nothing."""
    key = uuid5(_NAMESPACE, "\x1f".join(f"{name}={value}" for name, value in sorted(row.cells.items())))
    if row.problem:
        return Checked(row.number, None, key, (row.problem,))
    data, problems = _form_data(row, seen)
    form = ReferForm(data)
    problems += [
        f"{_LABELS.get(name, name)}: {message}"
        for name, messages in form.errors.items()
        if _LABELS.get(name) not in {problem.split(":")[0] for problem in problems}
        for message in messages
    ]
    problems += _again(row, seen)
    born = form.cleaned_data.get("date_of_birth")
    outside = takes(born) if born else ""
    problems += [f"Date of birth: {outside}"] if outside else []
    if problems:
        return Checked(row.number, None, key, tuple(problems))
    return Checked(row.number, form.details(**sender), key)


def _form_data(row: Row, seen: Seen) -> tuple[QueryDict, list[str]]:
    """The row as somebody would have typed it into the form, and what could not be read."""
    data = QueryDict(mutable=True)
    data["submission_key"] = str(_NAMESPACE)
    problems: list[str] = []
    for label, box in COLUMNS.items():
        text = row.cells.get(label, "")
        match box:
            case "date_of_birth":
                problems += _put_date(data, text, seen)
            case "knows":
                data["knows"] = _KNOWS.get(text.casefold(), text)
                if data["knows"] not in _KNOWS.values():
                    problems.append("Knows and agrees: Write yes, knows (has not said yes) or no (was not asked).")
            case "needs":
                problems += _put_list(data, "needs", label, text, _NEEDS)
            case "safe":
                problems += _put_list(data, "safe", label, text, _CHANNELS)
            case "interpreter" | "asked_alone":
                problems += _put_yes(data, box, label, text)
            case "phone":
                data["phone"] = text
                problems += _spreadsheet_phone(text)
            case _:
                data[box] = text
    # Needs beyond the first handful are in a box of their own on the form.
    needs = data.getlist("needs")
    first = {code for code, _ in ReferForm.base_fields["needs"].choices}  # type: ignore[attr-defined]
    data.setlist("more_needs", [each for each in needs if each not in first])
    data.setlist("needs", [each for each in needs if each in first])
    return data, problems


def _put_date(data: QueryDict, text: str, seen: Seen) -> list[str]:
    if not text:
        return []
    year_first, day_first = _YEAR_FIRST.fullmatch(text), _DATE.fullmatch(text)
    if year_first:
        year, month, day = year_first.groups()
    elif day_first:
        day, month, year = day_first.groups()
        if seen.month_first and int(day) <= 12:
            return [
                "Date of birth: Some dates in this file have the month first. Write day/month/year, like 27/3/1964."
            ]
    else:
        return ["Date of birth: Write day/month/year with a year of four digits, like 27/3/1964."]
    for part, value in (("day", day), ("month", month), ("year", year)):
        data[f"date_of_birth_{part}"] = value
    return []


def _put_list(data: QueryDict, box: str, label: str, text: str, known: dict[str, str]) -> list[str]:
    parts = [part.strip() for part in text.split(";") if part.strip()]
    data.setlist(box, [known[part.casefold()] for part in parts if part.casefold() in known])
    return [
        f"{label}: “{part[:60]}” is not one of the words we know." for part in parts if part.casefold() not in known
    ]


def _put_yes(data: QueryDict, box: str, label: str, text: str) -> list[str]:
    if text.casefold() == "yes":
        data[box] = "on"
    return [] if text.casefold() in ("", "yes", "no") else [f"{label}: Write yes or no."]


def _spreadsheet_phone(text: str) -> list[str]:
    if re.fullmatch(r"\d(?:\.\d+)?[eE]\+?\d+", text):
        return ["Phone: A spreadsheet has rounded this number. Set the column to text and enter it again."]
    if re.fullmatch(r"[1-9]\d{9}", text):
        return ["Phone: A spreadsheet has taken away the 0 in front. Set the column to text and enter it again."]
    return []


def _again(row: Row, seen: Seen) -> list[str]:
    """Whether somebody came already in this file: by NHS number, or by name and date of birth."""
    cells = {label: "".join(value.split()).casefold() for label, value in row.cells.items()}
    keys: list[tuple[str, ...]] = []
    if cells.get("NHS number"):
        keys.append(("number", cells["NHS number"]))
    name = (cells.get("First name", ""), cells.get("Last name", ""), cells.get("Date of birth", ""))
    if all(name):
        keys.append(("name", *name))
    first = min((seen.people[key] for key in keys if key in seen.people), default=None)
    for key in keys:
        seen.people.setdefault(key, row.number)
    return [f"The same person as in row {first}."] if first is not None else []
