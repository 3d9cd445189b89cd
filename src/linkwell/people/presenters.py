"""From loaded rows to what a template draws. Nothing here asks the database."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.forms import Form

from linkwell.core.addresses import address
from linkwell.kernel import clock, words
from linkwell.kernel.errors import Conflict
from linkwell.kernel.nhs_number import NhsNumber
from linkwell.people.details import (
    CHANNELS,
    AboutMeRow,
    AgreementRow,
    Banner,
    ConcernRecord,
    ConcernRow,
    ContactCard,
    PersonListRow,
    SafeAnswers,
)
from linkwell.people.forms import AboutMeForm, DetailsForm
from linkwell.people.places import person_page
from linkwell.people.states import CONCERN

SAID = {True: "yes", False: "no", None: "not asked"}
CHANNEL_WORDS = {"phone": "Phone", "voicemail": "Voicemail", "text": "Text", "email": "E-mail", "letter": "Letter"}


def person_url(person_id: UUID) -> str:
    return person_page(person_id)


def contacts_url(person_id: UUID) -> str:
    return address("people:contacts", person_id)


@dataclass(frozen=True, slots=True)
class BannerView:
    """What `core/person.jinja` draws."""

    name: str
    also: str
    facts: tuple[str, ...]
    reach: tuple[str, ...]
    needs: tuple[str, ...]
    safety: tuple[str, ...]
    url: str
    died: str = ""
    young: tuple[str, ...] = ()


def banner(row: Banner) -> BannerView:
    born = f"{row.age} ({words.short_date(row.date_of_birth)})" if row.age is not None and row.date_of_birth else ""
    facts = (born or "Age not recorded", row.pronouns, row.language and f"Speaks {row.language}")
    kept = "Restricted record: tell nobody outside the team where they are"
    return BannerView(
        name=row.name,
        also=row.also,
        facts=tuple(fact for fact in facts if fact),
        reach=row.reach,
        needs=row.requirements,
        safety=((kept,) if row.restricted else ()) + row.instructions,
        url=person_page(row.person_id),
        died=row.died,
        young=row.young,
    )


@dataclass(frozen=True, slots=True)
class PersonLine:
    name: str
    url: str
    born: str
    phone: str
    place: str
    restricted: bool
    same_as: int


def person_row(row: PersonListRow) -> PersonLine:
    born = f"{words.short_date(row.date_of_birth)} ({words.age(row.date_of_birth)})" if row.date_of_birth else ""
    url = person_page(row.person_id)
    return PersonLine(row.name, url, born, row.phone, row.postcode, row.restricted, row.same_as)


def as_typed(details: Mapping[str, Any]) -> dict[str, str]:
    """Details in the words a form would show."""
    return {name: _shown(value) for name, value in details.items()}


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return words.short_date(value)
    return "" if value is None else str(value)


def conflict(error: Conflict, form: Form, theirs: Mapping[str, str]) -> dict[str, Any]:
    """What the other person saved beside what was typed, for the fields that differ."""
    who, _, when = error.other.partition(" saved it ")
    rows = [
        {
            "label": str(form.fields[name].label),
            "theirs": theirs.get(name, ""),
            "yours": _shown(form.cleaned_data.get(name)),
        }
        for name in form.fields
        if name in theirs and theirs.get(name, "") != _shown(form.cleaned_data.get(name))
    ]
    return {"who": who or "Somebody", "when": when or "a moment ago", "rows": rows}


def with_version(form: Form, version: int) -> Any:
    """The typed data with the newest version, so that saving once more is a decision taken with both in view."""
    typed: Any = form.data
    data = typed.copy()
    data["version"] = str(version)
    return data


def safe_history(rows: Iterable[tuple[str, SafeAnswers]]) -> list[dict[str, str]]:
    return [{"when": when, "said": _said(answers)} for when, answers in rows]


def _said(answers: SafeAnswers) -> str:
    said = [f"{CHANNEL_WORDS[channel]}: {SAID[answers.answer(channel)]}" for channel in CHANNELS]
    alone = "asked alone" if answers.asked_alone else "not asked alone"
    instruction = [f"“{answers.instruction}”"] if answers.instruction else []
    return ". ".join([", ".join(said), alone.capitalize(), *instruction])


def about_versions(rows: Iterable[AboutMeRow]) -> list[dict[str, Any]]:
    labels = {name: str(field.label) for name, field in AboutMeForm.base_fields.items() if name != "version"}
    return [
        {
            "when": words.written_datetime(row.recorded_at) if row.recorded_at else "",
            "by": row.recorded_by,
            "rows": [{"label": labels[name], "value": value} for name, value in asdict(row.words).items() if value],
        }
        for row in rows
    ]


def agreement_lines(rows: Iterable[AgreementRow]) -> list[dict[str, str]]:
    return [
        {
            "when": words.written_datetime(row.recorded_at),
            "title": f"{row.answer_words.capitalize()}: {row.subject_words}",
            "body": row.note,
            "who": ", ".join(
                part
                for part in (row.how_words, "asked alone" if row.asked_alone else "", f"recorded by {row.recorded_by}")
                if part
            ),
        }
        for row in rows
    ]


def side_by_side(one: ContactCard, other: ContactCard) -> list[dict[str, str]]:
    """Both records, a row for each thing either of them knows."""
    rows = []
    for name, field in DetailsForm.base_fields.items():
        if name == "version":
            continue
        left, right = (_compared(card, name) for card in (one, other))
        if left or right:
            rows.append({"label": str(field.label), "left": left, "right": right})
    left, right = ("\n".join(row.shown for row in card.contacts) for card in (one, other))
    rows.append({"label": "Phone and e-mail", "left": left, "right": right})
    rows.append({"label": "Restricted", "left": _yes(one.restricted), "right": _yes(other.restricted)})
    return rows


def _compared(card: ContactCard, name: str) -> str:
    value = getattr(card.details, name)
    return str(NhsNumber(value)) if name == "nhs_number" and value else _shown(value)


def _yes(value: bool) -> str:
    return "Yes" if value else "No"


def concern_moves(state: str) -> frozenset[str]:
    return CONCERN.allowed[state]


def concern_row(row: ConcernRow) -> dict[str, Any]:
    return {
        "url": address("safeguarding:concern", row.id),
        "name": row.person_name,
        "state": row.state_words,
        "danger": row.danger_now,
        "raised": f"{words.ago(row.raised_at)} by {row.raised_by_name}",
        "next": words.written_date(row.next_date) if row.state != "closed" else "",
        "late": row.state != "closed" and row.next_date < clock.today(),
    }


def concern(record: ConcernRecord) -> dict[str, Any]:
    said, agreed = record.details, {True: "Yes", False: "No", None: "Not asked"}[record.details.agreed_to_share]
    facts = [
        ("Who it is about", said.about),
        ("What happened", said.what_happened),
        ("What they said", said.their_words),
        ("What they want to happen", said.wants),
        ("Can they decide this for themselves", said.capacity),
        ("They agree that it is passed on", agreed),
        ("Why it is passed on without that", said.reason_without_agreement),
        ("Safeguarding lead", record.lead_name),
        ("The lead knew", words.written_datetime(record.lead_told_at) if record.lead_told_at else "Not yet"),
        ("Decision", record.decision),
        ("Referred to", record.referred_to),
        ("Their reference", record.referral_reference),
        ("Outcome", record.outcome),
    ]
    return {
        "row": concern_row(record.row),
        "person_url": person_page(record.row.person_id),
        "facts": [{"label": label, "value": value} for label, value in facts if value],
        "entries": [
            {"when": words.written_datetime(entry.at), "title": entry.text, "who": entry.by} for entry in record.entries
        ],
    }
