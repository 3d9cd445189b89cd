"""What forms hand to actions, and what queries return: plain frozen values."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Question:
    """The first step. `minimum_n` is how few people (for a series over time: months) would carry no answer."""

    question: str
    starts_on: dt.date
    ends_on: dt.date
    minimum_n: int
    basis: str
    approved_by: str
    approved_on: dt.date


@dataclass(frozen=True, slots=True)
class Population:
    """The second step. `which` is the id of a team, service or programme, or the name of a rule."""

    who: str
    which: str
    population: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The third step."""

    design: str
    comparison: str
    began_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The fourth step. `score` is "pack:code"."""

    counted: str
    score: str = ""


Step = Question | Population | Comparison | Outcome


@dataclass(frozen=True, slots=True)
class EvaluationRow:
    """One evaluation as it stands. `which_words` and `outcome_words` name what `which` and `score` point to."""

    id: UUID
    version: int
    state: str
    number: int | None
    fixed_at: dt.datetime | None
    opened_by: str
    question: Question
    population: Population
    comparison: Comparison
    outcome: Outcome
    which_words: str
    outcome_words: str
    stage: str
    reason: str
    ended_at: dt.datetime | None
    created_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Left:
    """How many people an evaluation asked about, and how many of them were left out, by why.

    `opted_out` is None where no list was loaded; `list_as_at` is the day of the list.
    """

    people: int
    objected: int
    not_agreed: int
    opted_out: int | None
    list_as_at: dt.date | None

    @property
    def used(self) -> int:
        return self.people - self.objected - self.not_agreed - (self.opted_out or 0)


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody an evaluation asks about, before anybody is left out. Never leaves the room of queries as it is.

    `key` is the one identity that all their records lead to.
    """

    key: str
    nhs_number: str
    born_on: dt.date | None
    postcode: str
    objected: bool = False
    agreed: bool = False


Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of data as `linkwell.evaluation` gets them, and who was left out of them."""

    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    left: Left


Found = tuple[Mapping[str, Subject], Iterable[tuple[str, Row]], tuple[str, ...]]
"""Everybody asked about, rows of data with whose they are, and the columns of those rows."""


@dataclass(frozen=True, slots=True)
class ResultRow:
    report: Mapping[str, Any]
    counts: Mapping[str, Any]
    made_at: dt.datetime


@dataclass(frozen=True, slots=True)
class OptOutRow:
    as_at: dt.date
    people: int
    loaded_by: str
    loaded_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen here, at each step."""

    who: tuple[Choice, ...]
    designs: tuple[Choice, ...]
    outcomes: tuple[Choice, ...] = field(default=())
