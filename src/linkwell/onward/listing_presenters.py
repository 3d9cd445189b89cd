"""A group's listing and numbers in words. Never reads a table."""

from dataclasses import dataclass

from linkwell.directory.editing import FIELDS, in_words
from linkwell.directory.models import ServiceRoom
from linkwell.directory.page_facts import Fact
from linkwell.directory.presenters import TRUST_TAGS, TRUST_TONES, RoomWords, room_words
from linkwell.directory.queries import LimitsRow, ListingRow, ServiceRow
from linkwell.directory.queries.listing import DatesRow, DeskRow, RoomRow
from linkwell.documents.report import Report, Row, Table
from linkwell.kernel import words
from linkwell.kernel.codes import NEEDS
from linkwell.kernel.small_numbers import FEWEST, guarded
from linkwell.onward.presenters import TONES
from linkwell.onward.queries.listing import GroupNumbers, ReferredRow

_NEED_WORDS = {each.code: str(each.plain).lower() for each in NEEDS}


@dataclass(frozen=True, slots=True)
class DatesLine:
    """Days that differ, in one line."""

    id: str
    words: str


def room_line(row: RoomRow) -> str:
    """ "Full now, said by Jean on 3 March, in answer to an e-mail"."""
    said = str(ServiceRoom(row.room).label).capitalize()
    said += f", about {words.counted(row.weeks, 'week')}" if row.weeks else ""
    said += f", {words.counted(row.places, 'place')}" if row.places else ""
    by = f" by {row.said_by}" if row.said_by else ""
    return f"{said}. Said{by} on {words.written_datetime(row.said_at)}, {row.source_words}"


def trust_tag(row: ListingRow | DeskRow) -> tuple[str, str]:
    """The words of the tag, and its colour."""
    return TRUST_TAGS[row.trust.freshness], TRUST_TONES[row.trust.freshness]


def room_said(row: ServiceRow) -> RoomWords:
    return room_words(row)


def listing_facts(row: ListingRow) -> tuple[Fact, ...]:
    """What the directory says, field by field."""
    return tuple(Fact(each.label, in_words(each.name, row.values[each.name])) for each in FIELDS)


def limits_lines(row: LimitsRow | None) -> tuple[str, ...]:
    """ "At most two referrals a week", "For food or money worries"; none when there are no limits."""
    if row is None:
        return ()
    needs = words.joined([_NEED_WORDS.get(each, each) for each in row.needs], last="or")
    return tuple(
        filter(
            None,
            (
                f"At most {words.counted(row.a_week, 'referral')} a week" if row.a_week is not None else "",
                f"For {needs}" if needs else "",
                _ages(row),
                f"For people who live in {words.joined(list(row.areas), last='or')}" if row.areas else "",
                row.words,
            ),
        )
    )


def _ages(row: LimitsRow) -> str:
    if row.minimum_age is not None and row.maximum_age is not None:
        return f"For people aged {row.minimum_age} to {row.maximum_age}"
    if row.minimum_age is not None:
        return f"For people aged {row.minimum_age} and over"
    return f"For people aged {row.maximum_age} and under" if row.maximum_age is not None else ""


def dates_line(row: DatesRow) -> DatesLine:
    days = words.written_date(row.first_day)
    if row.last_day != row.first_day:
        days = f"{days} to {words.written_date(row.last_day)}"
    what = "Extra" if row.runs else "No meeting"
    hours = f", {words.written_time(row.starts_at)}" if row.starts_at else ""
    hours += f" to {words.written_time(row.ends_at)}" if row.starts_at and row.ends_at else ""
    return DatesLine(str(row.id), f"{what}: {days}{hours}{'. ' + row.words if row.words else ''}")


def referred_cells(row: ReferredRow) -> tuple[str, ...]:
    """One row of the table: who, when, where it got to, how often they came."""
    state = row.state_words[:1].upper() + row.state_words[1:]
    why = f": {row.decline_reason.lower()}" if row.state == "declined" and row.decline_reason else ""
    came = words.counted(row.days_came, "time") if row.days_came else "Not yet told"
    last = f", last on {words.written_date(row.last_came)}" if row.last_came else ""
    return (row.first_name, words.written_date(row.sent_at), f"{state}{why}", f"{came}{last}")


def tone(row: ReferredRow) -> str:
    return TONES[row.state]


def numbers_rows(found: GroupNumbers) -> tuple[tuple[str, str], ...]:
    """The group's own page: whole numbers, since the group knows every one of these people."""
    return tuple((label, str(number)) for label, number, _ in _answers(found))


def next_rows(found: GroupNumbers) -> tuple[tuple[str, str], ...]:
    """What happened next, likewise."""
    return tuple((label, str(number)) for label, number, _ in _what_next(found))


def misfit_rows(found: GroupNumbers) -> tuple[tuple[str, str], ...]:
    """Why some did not fit: as the group answered, and as its own listing says."""
    answered = [(f"You said: {reason[:1].lower()}{reason[1:]}", n) for reason, n in found.did_not_fit.items() if n]
    listed = [(f"Your page says: {rule}", number) for rule, number in found.against_rules.items()]
    return tuple((label, str(number)) for label, number in (*answered, *listed))


def for_funders(found: GroupNumbers, made_for: str) -> Report:
    """The same for outsiders: no names, small numbers protected, larger ones to the nearest five."""
    rows = tuple(Row(label, guarded(number), counted) for label, number, counted in _answers(found))
    after = tuple(Row(label, guarded(number), counted) for label, number, counted in _what_next(found))
    reasons = (*found.did_not_fit.items(), *found.against_rules.items())
    fit = tuple(Row(reason, guarded(number), "") for reason, number in reasons if number)
    days = "Not known" if found.days_to_answer is None else words.counted(found.days_to_answer, "day")
    speed = (Row("Usual time to answer", days, "The middle one of all answers."),) if found.said_yes >= FEWEST else ()
    return Report(
        title=f"{found.service}: people referred by link workers",
        about=(
            found.who_runs,
            f"From {words.short_date(found.since)} to {words.short_date(found.until)}.",
            "No names are in this report. Numbers under five are shown as “fewer than 5”, and all others to the"
            " nearest five, so that nobody can be recognised.",
        ),
        tables=(
            Table("Referrals", (*rows, *speed)),
            Table("What happened next", after),
            Table("Sent, but did not fit", fit),
        ),
        made_on=found.until,
        footer=made_for,
    )


def _answers(found: GroupNumbers) -> tuple[tuple[str, int, str], ...]:
    return (
        ("People referred to you", found.sent, "Each referral sent by a link worker counts once."),
        ("You said yes", found.said_yes, "Also those who have finished since."),
        ("On your waiting list now", found.on_waiting_list, ""),
        ("Waiting for your answer", found.no_answer, ""),
        ("You could not help", found.declined, ""),
        ("Of these: you were full", found.no_room, ""),
        ("Sent, but did not fit", found.misfits, "As you answered, or as your own page says whom you are for."),
    )


def _what_next(found: GroupNumbers) -> tuple[tuple[str, int, str], ...]:
    return (
        ("Came at least once", found.came, "As you told us."),
        ("Came three times or more", found.came_often, "On three different days, as you told us."),
        ("Still coming", found.still_coming, "Came within the last eight weeks."),
        ("Visits in all", found.days_came, "Days on which you told us that somebody came."),
        ("Never came", found.did_not_come, "You said yes, and told us that they did not come, or it ended."),
        ("Taken back", found.taken_back, "It was no longer needed, or they changed their mind."),
    )
