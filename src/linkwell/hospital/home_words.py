"""Going home in words. Never asks the database."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from linkwell.hospital.following_up import HOMES, moved_to
from linkwell.hospital.models import HomeThing, ThingState
from linkwell.hospital.queries.board import Board, BoardRow, HelpRow, ReferralLine, Shown, WallRow
from linkwell.hospital.queries.going_home import FollowUpRow, GoingHome, SaidAlone
from linkwell.hospital.queries.kept_apart import WithSomebody
from linkwell.hospital.queries.programmes import PlaceRow, ProgrammeRow, WeekRow
from linkwell.hospital.waits import BANDS, Band, band_of, days_since, reason_words, wall_words
from linkwell.kernel import clock, words
from linkwell.referrals.models import ReferralAnswerKind

NO_WARD = "No ward given"
_ANSWER_TONES = {"needed": "attention", "in_place": "done", "not_needed": "closed"}
_FOLLOW_UP_TONES = {"due": "new", "done": "done", "withdrawn": "closed"}
_BAND_TONES = {"0": "new", "1": "new", "2-3": "waiting", "4-6": "waiting", "7-13": "attention"}
TOLD = {
    "": "sent",
    ReferralAnswerKind.RECEIVED: "received",
    ReferralAnswerKind.QUESTION: "they have a question for you",
    ReferralAnswerKind.DECLINED: "could not be taken",
    ReferralAnswerKind.IN_TOUCH: "in touch with the person",
    ReferralAnswerKind.CLOSED: "support has ended",
}


def shown(asked: Mapping[str, str]) -> Shown:
    """What an address asks for. What nobody could have chosen asks for everybody."""
    band = asked.get("band", "")
    known = band if band in {each.code for each in BANDS} else ""
    ward, reason = (asked.get(name, "").replace("\x00", "") for name in ("ward", "reason"))
    return Shown(ward, known, reason, whole=asked.get("all") == "yes")


def address(chosen: Shown, **other: str) -> str:
    """The rest of the address that asks for these."""
    parts = {"ward": chosen.ward, "band": chosen.band, "reason": chosen.reason} | other
    return urlencode({name: value for name, value in parts.items() if value})


def board(found: Board, chosen: Shown) -> dict[str, Any]:
    """The board, in wards, with what it can be narrowed to."""
    return {
        "page": found.page,
        "wards": _by_ward([board_line(row) for row in found.page]),
        "cards": [
            {"value": str(found.ticked), "label": "the community can help", "words": "ticked by somebody, with what"},
            {"value": str(found.others), "label": "all others", "words": "waiting for something else"},
        ],
        "bands": [
            {
                "label": each.words,
                "url": f"?{address(chosen, band=each.code)}",
                "current": chosen.band == each.code,
                "count": found.bands.get(each.code, 0),
            }
            for each in BANDS
        ],
        "every_band": f"?{address(Shown(chosen.ward, '', chosen.reason))}",
        "ward_choices": [(each, f"{each or NO_WARD} ({number})") for each, number in found.wards.items()],
        "reason_choices": [
            (each, f"{words.sentence(reason_words([each])[0])} ({number})") for each, number in found.reasons.items()
        ],
        "chosen": chosen,
        "narrowed": bool(chosen.ward or chosen.band or chosen.reason),
        "query": address(chosen, all="yes" if chosen.whole else ""),
        "whole": address(chosen, all="yes"),
        "nobody": not (found.ticked or found.others),
    }


def _by_ward(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    wards: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        wards.setdefault(line["ward"], []).append(line)
    return [{"name": name, "lines": those} for name, those in wards.items()]


def waited(ready_at: dt.datetime) -> tuple[str, Band]:
    days = days_since(ready_at)
    return ("ready since today" if days == 0 else f"{words.counted(days, 'day')} since ready"), band_of(days)


def board_line(row: BoardRow) -> dict[str, Any]:
    said, band = waited(row.ready_at)
    return {
        "row": row,
        "ward": row.ward or NO_WARD,
        "name": f"{row.given_name} {row.family_name}".strip(),
        "place": place(row.bay, row.bed),
        "waited": said,
        "band": band.words,
        "tone": _BAND_TONES.get(band.code, "urgent"),
        "reasons": words.sentence(words.joined(reason_words(row.reasons))) if row.reasons else "No reason given",
        "things": things(row.things),
        "help": help_words(row.help),
        "referrals": [referral_words(each) for each in row.referrals],
    }


def place(bay: str, bed: str) -> str:
    return ", ".join(part for part in (f"bay {bay}" if bay else "", f"bed {bed}" if bed else "") if part)


def things(found: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    """Each thing that is in place or needed; what is not needed is left out of a list that is read at a glance."""
    order = {thing: number for number, thing in enumerate(HomeThing.values)}
    ordered = sorted((each for each in found if each[1] != ThingState.NOT_NEEDED), key=lambda each: order[each[0]])
    return [
        {"thing": thing, "words": str(HomeThing(thing).label), "answer": answer, "said": str(ThingState(answer).label)}
        for thing, answer in ordered
    ]


def help_words(row: HelpRow | None) -> dict[str, str] | None:
    if row is None:
        return None
    return {
        "what": row.action,
        "who": row.who,
        "by": f"ticked by {row.ticked_by}, {words.written_date(row.ticked_at)}",
    }


def referral_words(row: ReferralLine) -> dict[str, Any]:
    return {"row": row, "words": f"Referred to {row.team_name}: {TOLD.get(row.last_answer, 'they wrote to you')}"}


def wall(rows: tuple[WallRow, ...]) -> list[dict[str, Any]]:
    """What a wall may show, in wards. Sensitive reasons read "other"."""
    return _by_ward([_wall_line(row) for row in rows])


def _wall_line(row: WallRow) -> dict[str, Any]:
    said, band = waited(row.ready_at)
    return {
        "ward": row.ward or NO_WARD,
        "place": words.sentence(place(row.bay, row.bed)) or "No bed given",
        "initials": row.initials,
        "waited": said,
        "tone": _BAND_TONES.get(band.code, "urgent"),
        "reasons": words.sentence(words.joined(wall_words(row.reasons))),
        "ticked": row.ticked,
    }


def stay(row: GoingHome) -> dict[str, Any]:
    """One stay and its list."""
    return {
        "row": row,
        "name": f"{row.given_name} {row.family_name}".strip(),
        "age": words.age(row.born_on) if row.born_on else None,
        "facts": [
            {"label": "Where", "value": _where(row)},
            {"label": "Ready to go home", "value": _ready(row)},
            {"label": "Expected to leave", "value": _moment(row.expected_discharge_at)},
            {"label": "Waiting for", "value": words.sentence(words.joined(reason_words(row.reasons)))},
        ],
        "items": _items(row),
        "support": {True: "Yes", False: "No", None: ""}[row.support_ready],
        "help": help_words(row.help),
        "referrals": [referral_words(each) for each in row.referrals],
        "asked": f"Asked alone by {row.asked_by}, {words.written_datetime(row.asked_at)}" if row.asked_at else "",
        "events": [f"{each.kind_words}: {each.who}, {words.written_datetime(each.happened_at)}" for each in row.events],
        "follow_ups": [follow_up(each) for each in row.follow_ups],
        "moved_to": moved_to(row.destination) if row.discharged_at else "",
    }


def _where(row: GoingHome) -> str:
    if row.died:
        return f"Was in {row.ward or NO_WARD}"
    if row.discharged_at is not None:
        went = "Went home from" if row.destination in HOMES else "Left"
        return f"{went} {row.ward or NO_WARD}"
    return ", ".join(part for part in (row.ward or NO_WARD, place(row.bay, row.bed)) if part)


def said_alone(row: SaidAlone) -> list[dict[str, str]]:
    """What somebody who has died had said, to read and no longer to change."""
    return [
        {"label": "Asked alone", "value": words.written_datetime(row.asked_at) if row.asked_at else "Nobody asked"},
        {"label": "Who should be involved", "value": row.involve},
        {"label": "Who must not be told", "value": row.must_not_tell},
        {"label": "Is home safe", "value": row.home_safe_words},
        {"label": "Is the carer willing and able", "value": row.carer_words},
    ]


def _moment(moment: dt.datetime | None) -> str:
    return words.written_datetime(moment) if moment else ""


def _ready(row: GoingHome) -> str:
    if row.died:
        return "They have died"
    if row.discharged_at is not None:
        return f"Left the hospital {words.written_datetime(row.discharged_at)}"
    return f"{words.written_date(row.ready_at)}: {waited(row.ready_at)[0]}" if row.ready_at else "Not yet"


def _items(row: GoingHome) -> list[dict[str, str]]:
    """All seven things, in their order, also those that nobody asked about."""
    known = {each.thing: each for each in row.items}
    lines = []
    for thing, label in HomeThing.choices:
        item = known.get(thing)
        by = f"by {words.written_date(item.by_day)}" if item and item.by_day else ""
        lines.append(
            {
                "label": str(label),
                "said": str(ThingState(item.answer).label) if item else "Nobody has asked yet",
                "tone": _ANSWER_TONES[item.answer] if item else "waiting",
                "who": ", ".join(part for part in (item.who if item else "", by) if part),
            }
        )
    return lines


def follow_up(row: FollowUpRow) -> dict[str, Any]:
    late = (clock.today() - row.due_on).days if row.state == "due" else 0
    return {
        "row": row,
        "when": words.written_date(row.due_on),
        "what": f"{words.counted(row.days_after, 'day')} after going home",
        "late": f"{words.counted(late, 'day')} late" if late > 0 else "",
        "tone": _FOLLOW_UP_TONES[row.state],
        "said": words.sentence(row.state_words),
        "why": row.why,
    }


def elsewhere(rows: Iterable[WithSomebody]) -> str:
    """Whose follow-ups are named to nobody else: who has them, and how many are late."""
    said = [f"{row.owner_name} has {row.due}" + (f", {row.late} of them late" if row.late else "") for row in rows]
    return f"Of people whose record is restricted: {'; '.join(said)}. Ask them." if said else ""


def programme(row: ProgrammeRow) -> dict[str, Any]:
    left = max(0, row.weekly_places - row.this_week)
    return {
        "row": row,
        "dates": f"{words.short_date(row.starts_on)} to {words.short_date(row.ends_on)}",
        "now": f"{words.counted(left, 'place')} left this week" if row.running else "not running now",
        "tone": "going" if row.running else "closed",
        "taken": words.counted(row.taken, "person", "people"),
    }


def place_taken(row: PlaceRow) -> dict[str, Any]:
    """Somebody in a programme."""
    return {"row": row, "name": row.name or "No name given", "when": words.short_date(row.taken_on)}


def week(row: WeekRow) -> dict[str, Any]:
    """One week. What nobody knows is said so and never counted as none."""
    waits = (row.now, *row.earlier)
    return {
        "week": f"Week of {words.short_date(row.monday)}",
        "taken": f"{row.taken} of {row.places}",
        "people": [str(each.people) if each else "not known" for each in waits],
        "nights": [str(each.nights) if each else "not known" for each in waits],
    }
