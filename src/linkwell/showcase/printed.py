"""A release as files: cells for a spreadsheet, what its columns mean, and one page for leaders."""

from collections.abc import Iterable

from linkwell.documents import report as document
from linkwell.evaluation.disclosure.cells import Count, Released
from linkwell.kernel import clock
from linkwell.showcase.details import PublicRelease
from linkwell.showcase.presenters import HOW_COUNTED, LICENCE, LICENCE_URL, NOT_KNOWN, Showcase

HEADER = ("place", "period_from", "period_to", "published_on", "table", "line", "measure", "value", "licence")
DICTIONARY_HEADER = ("column", "meaning")
DICTIONARY = (
    ("place", "Name of the organisation whose people are counted"),
    ("period_from", "First day of the period"),
    ("period_to", "Last day of the period"),
    ("published_on", "Day on which these numbers were published; they are never changed"),
    ("table", "What the number belongs to: people, needs or changes"),
    ("line", "Who or what is counted"),
    (
        "measure",
        "people: how many, to the nearest 5. share: in whole percent, of rounded numbers. mean_change: in points",
    ),
    ("measure: low and high", "Between these two lies the true mean change, 95 times out of 100"),
    ("value", "The number. “too few to show” stands for 1 to 7, or for what would give such a number away"),
    (
        "value: below nought",
        "An apostrophe stands before the minus sign, so that no spreadsheet runs it",
    ),
    ("licence", f"{LICENCE}, {LICENCE_URL}"),
)


def csv_rows(found: PublicRelease, page: Showcase) -> Iterable[list[str]]:
    """Cells and words alone. A withdrawn release has none."""
    if page.withdrawn:
        return
    start = [found.place, f"{found.period.first}", f"{found.period.last}", f"{found.published_on}"]
    for table, line, measure, cell in _cells(page):
        yield [*start, table, line, measure, _plain(cell), LICENCE]


def _cells(page: Showcase) -> Iterable[tuple[str, str, str, Released | str]]:
    yield "people", "Began to see a link worker", "people", page.began
    yield "people", "Support ended", "people", page.ended
    for line in page.needs:
        yield "needs", line.label, "people", line.cell
        if line.share is not None:
            yield "needs", line.label, "share", line.share
    for change in page.changes:
        yield "changes", change.label, "people", change.people
        yield "changes", change.label, "mean_change", change.mean
        yield "changes", change.label, "low", change.mean.edges[0]
        yield "changes", change.label, "high", change.mean.edges[1]


def _plain(cell: Released | str) -> str:
    """A number as a program reads it, without a comma for thousands."""
    return str(cell).replace(",", "").replace("−", "-").removeprefix("+")


# So many lines that everything stands on one page.
MOST_NEEDS, MOST_CHANGES = 5, 4


def briefing(page: Showcase) -> document.Report:
    """One page: the answer, the numbers, and what is not known."""
    people = (
        document.Row("People who began to see a link worker", str(page.began)),
        *(
            document.Row(f"for: {line.label}", _with_share(line.cell, line.share), under=True)
            for line in page.needs_shown[:MOST_NEEDS]
        ),
        document.Row("People whose support ended", str(page.ended)),
    )
    changed = tuple(
        document.Row(
            change.label, str(change.mean), f"{change.said}. Range {change.mean.interval}, {change.people} people"
        )
        for change in page.changes_shown[:MOST_CHANGES]
    )
    return document.Report(
        title=f"What changed, {page.period}",
        # What is not known stands in the same size as what is.
        answer=f"{page.sentence} {NOT_KNOWN[0]}",
        about=(f"{page.place}.", *NOT_KNOWN[1:], HOW_COUNTED[2], *_left_out(page)),
        tables=(document.Table("How many", people), document.Table("What changed, in points", changed)),
        made_on=clock.today(),
        footer=f"{page.place}. Published {page.published}",
    )


def _left_out(page: Showcase) -> Iterable[str]:
    if page.needs_too_few or page.changes_too_few:
        yield "Where too few people were asked, or wanted something, there is no number here."
    if len(page.needs_shown) > MOST_NEEDS or len(page.changes_shown) > MOST_CHANGES:
        yield "These are the most common. The page has all of them."


def _with_share(cell: Released, share: Released | None) -> str:
    return f"{cell} ({share})" if isinstance(cell, Count) and cell.shown and share is not None else str(cell)
