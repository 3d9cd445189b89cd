"""From rows to a report, by the same code as `linkwell impact`. Pure: no table of ours is read or written here."""

import csv
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from linkwell.evaluation import source
from linkwell.evaluation.answer import Answer, plain
from linkwell.evaluation.its import reporting as its
from linkwell.evaluation.its.model import Family
from linkwell.evaluation.its.series import Columns
from linkwell.evaluation.matching import reporting as matching
from linkwell.evaluation.matching.outcome import Asked as Counts
from linkwell.evaluation.matching.study import Design
from linkwell.evaluation.paired import reporting as paired
from linkwell.evaluation.paired.change import Better
from linkwell.evaluation.paired.study import Asked
from linkwell.evaluation.protocol import keeping
from linkwell.evaluation.protocol.register import Register
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.report import Report, Section, TableOf
from linkwell.evaluation.table import Table, read_table
from linkwell.evaluations.details import EvaluationRow, Left, Rows
from linkwell.evaluations.models import Basis, DesignKind
from linkwell.kernel import words
from linkwell.measures.pack import Score

# With fewer, a season could not be told from a trend.
MONTHS_FOR_SEASONS = 24


@dataclass(frozen=True, slots=True)
class Worked:
    """`report` and `numbers` as JSON knows them."""

    report: Mapping[str, Any]
    numbers: Mapping[str, Any]


def worked_out(asked: EvaluationRow, given: Rows, register: Register, score: Score | None) -> Worked:
    """Raises Refused where the rows will not carry an answer."""
    if not given.rows:
        raise Refused("Nothing of what was to be counted is known of these people in the window that was fixed.")
    with TemporaryDirectory(prefix="linkwell-evaluation-") as folder:
        path = written(given, Path(folder) / "rows.csv")
        table = read_table(path)
        answer, options = _designed(table, asked, score)
        # What else is asked follows from what was fixed, by the same rule in every evaluation.
        held = keeping.compared(register, asked.number, answer, _fixed(asked, options))
        came_from = source.source_of(path, len(table), options)
    report = _whole(answer, asked, given.left, held, came_from)
    return Worked(asdict(report), plain({**answer.numbers, "n": answer.n, "protocol": keeping.numbers(held)}))


def written(given: Rows, path: Path) -> Path:
    """The rows as a file of data, in an order that says nothing of who came first."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, given.columns)
        writer.writeheader()
        writer.writerows(sorted(given.rows, key=lambda row: [str(row[name]) for name in given.columns]))
    return path


def _designed(table: Table, asked: EvaluationRow, score: Score | None) -> tuple[Answer, dict[str, str]]:
    match asked.comparison.design:
        case DesignKind.PAIRED:
            return _paired(table, score)
        case DesignKind.ITS:
            return _its(table)
        case _:
            return _match(table)


def _paired(table: Table, score: Score | None) -> tuple[Answer, dict[str, str]]:
    better = Better(score.better) if score else Better.HIGHER
    asked = Asked(
        "person",
        "when",
        "score",
        better=better,
        minimum=score.minimum_change if score else None,
        reliable=score.reliable_change if score else None,
        groups=("age", "deprivation"),
    )
    options = {
        "person": "person",
        "when": "when",
        "score": "score",
        "better": better.value,
        "group": "age, deprivation",
    }
    return paired.paired(table, asked), options


def _its(table: Table) -> tuple[Answer, dict[str, str]]:
    given = Columns(time="month", outcome="events", intervention="began", offset="days")
    harmonics = 1 if len(table) >= MONTHS_FOR_SEASONS else 0
    answer = its.its(table, given, Family.QUASI, harmonics=harmonics)
    return answer, asdict(given) | {"harmonics": str(harmonics), "family": Family.QUASI.value}


def _match(table: Table) -> tuple[Answer, dict[str, str]]:
    """What does not vary among these people cannot tell them apart, and is left out."""
    covariates = tuple(name for name in table.names if name.endswith("_before") and _varies(table, name))
    kinds = tuple(name for name in ("age", "deprivation", "sex") if _varies(table, name))
    answer = matching.compared(table, Design("treated", covariates, kinds), Counts("events", "years", "ended"), None)
    told = {"covariates": ", ".join(covariates), "categories": ", ".join(kinds)}
    return answer, told | {"treat": "treated", "outcome": "events", "person-time": "years", "ended": "ended"}


def _varies(table: Table, name: str) -> bool:
    return len(set(table.words(name))) > 1


def _fixed(asked: EvaluationRow, options: Mapping[str, str]) -> dict[str, str]:
    """What the register keeps of it besides its design."""
    named = {name: value for name, value in options.items() if name in keeping.OUTCOMES}
    return named | {
        "counted": f"{asked.outcome.counted}:{asked.outcome.score}".rstrip(":"),
        "who": f"{asked.population.who}:{asked.population.which}".rstrip(":"),
    }


def _whole(answer: Answer, asked: EvaluationRow, left: Left, held: keeping.Held, came_from: source.Source) -> Report:
    report = answer.report
    sections = (
        *report.sections,
        _people(asked, left),
        keeping.section(held, _in_words(asked)),
        source.section(came_from),
    )
    return replace(report, title=asked.question.question, sections=sections)


def _in_words(asked: EvaluationRow) -> tuple[tuple[str, str], ...]:
    window = f"{words.short_date(asked.question.starts_on)} to {words.short_date(asked.question.ends_on)}"
    began = asked.comparison.began_on
    return (
        ("Question", asked.question.question),
        ("About", f"{asked.which_words}: {asked.population.population}"),
        ("Compared with", f"{DesignKind(asked.comparison.design).label}: {asked.comparison.comparison}"),
        *([("Began on", words.short_date(began))] if began else []),
        ("Outcome", asked.outcome_words),
        ("Window", window),
        ("At least", f"{asked.question.minimum_n:,}"),
    )


def _people(asked: EvaluationRow, left: Left) -> Section:
    """On what basis records were used, and who was left out of them."""
    if left.opted_out is None or left.list_as_at is None:
        opted = ("National opt-outs", "No list was loaded")
    else:
        opted = (f"National opt-outs, list of {words.written_date(left.list_as_at, year=True)}", f"{left.opted_out:,}")
    rows = (
        ("People asked about", f"{left.people:,}"),
        ("Said no to use for evaluation", f"{left.objected:,}"),
        *([("Had not agreed", f"{left.not_agreed:,}")] if asked.question.basis == Basis.AGREED else []),
        opted,
        ("People whose records were used", f"{left.used:,}"),
    )
    lines = (
        f"{Basis(asked.question.basis).label}. Approved by {asked.question.approved_by} on "
        f"{words.written_date(asked.question.approved_on, year=True)}.",
        "The rows hold no name, number, day of birth or postcode: a mark for each person that is another in every "
        "evaluation, an age band, and the tenth of deprivation of the area.",
    )
    return Section("Whose records were used", lines, (TableOf("Who was left out", ("Who", "People"), rows),))
