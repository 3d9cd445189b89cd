"""How to reach somebody: numbers, addresses, what is safe, and why."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from linkwell.accounts.queries import user_names
from linkwell.core import audit
from linkwell.core.permissions import LEADS
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.core.written import written_once
from linkwell.kernel import phone as phones
from linkwell.kernel import words
from linkwell.people import safe
from linkwell.people.details import ContactRow, RelatedDetails, RelatedRow, SafeAnswers
from linkwell.people.models import ContactKind, ContactPoint, IdentityLink, Person, RelatedContact, SafeContact, ToldBy
from linkwell.people.permissions import PERSON_SEE, SAFE_ANSWERS_USE, SAFE_REASON_SEE
from linkwell.people.queries.identity import linked_set, linked_sets


@query(SAFE_ANSWERS_USE)
def safe_answers(scope: Scope, person_id: UUID) -> SafeAnswers:
    """How it is safe to reach this person, over all their records. Nobody asked: phone only, by the gate's table."""
    return answers_of(scope, [person_id])[person_id]


@query(SAFE_ANSWERS_USE)
def safe_answers_of(scope: Scope, person_ids: Collection[UUID]) -> dict[UUID, SafeAnswers]:
    """The same for a list of people, in as many questions as for one."""
    return answers_of(scope, person_ids)


def answers_of(scope: Scope, person_ids: Collection[UUID]) -> dict[UUID, SafeAnswers]:
    sets = linked_sets(scope, person_ids)
    everyone = frozenset().union(*sets.values()) if sets else frozenset()
    rows: dict[UUID, list[SafeContact]] = {}
    for row in _answers(scope.organisation_id, everyone):
        rows.setdefault(row.person_id, []).append(row)
    linked = {each for each in everyone if any(each in one and len(one) > 1 for one in sets.values())}
    made = dict(_linked_since(scope.organisation_id, linked))
    answers = {}
    for person_id, records in sets.items():
        last_link = max((made[each] for each in records if each in made), default=None)
        answers[person_id] = _over_all([rows[each] for each in records if each in rows], last_link)
    return answers


@written_once
def _answers(organisation_id: UUID, records: Collection[UUID]) -> QuerySet[SafeContact]:
    rows = SafeContact.objects.filter(organisation_id=organisation_id, person_id__in=records)
    return rows.order_by("created_at", "id")


@written_once
def _linked_since(organisation_id: UUID, records: Collection[UUID]) -> QuerySet[IdentityLink, tuple[UUID, datetime]]:
    rows = IdentityLink.objects.filter(organisation_id=organisation_id, undone_at=None, record_id__in=records)
    return rows.order_by("created_at").values_list("record_id", "created_at")


def _over_all(records: list[list[SafeContact]], last_link: object) -> SafeAnswers:
    """Before the link each record speaks for itself and the most careful wins; afterwards there is one person."""
    if last_link is None:
        return safe.fold(_as_answers(row) for rows in records for row in rows)
    before = [safe.fold(map(_as_answers, early)) for rows in records if (early := _until(rows, last_link))]
    later = sorted(
        (row for rows in records for row in rows if row not in _until(rows, last_link)),
        key=lambda row: (row.created_at, row.pk),
    )
    return safe.fold(map(_as_answers, later), safe.most_restrictive(before))


def _until(rows: list[SafeContact], last_link: object) -> list[SafeContact]:
    return [row for row in rows if row.created_at <= last_link]  # type: ignore[operator]


def _as_answers(row: SafeContact) -> SafeAnswers:
    return SafeAnswers(
        phone=row.phone,
        voicemail=row.voicemail,
        text=row.text,
        email=row.email,
        letter=row.letter,
        best_times=row.best_times,
        instruction=row.instruction,
        asked_alone=row.asked_alone,
        told_by=row.told_by,
    )


@query(SAFE_REASON_SEE, opening=True)
def safe_reasons(scope: Scope, person_id: UUID, *, is_worker: bool = False) -> tuple[str, ...]:
    """Why some ways of contact are not safe, newest first: for leads, the person's own worker and whoever wrote it.

    `is_worker` is for apps that know whose worker is asking. Everyone else gets nothing, as if there were nothing.
    """
    rows = SafeContact.objects.filter(
        organisation_id=scope.organisation_id, person_id__in=linked_set(scope, person_id)
    ).order_by("-created_at")
    may = is_worker or scope.role in LEADS
    shown = [row for row in rows if row.reason and (may or row.recorded_by_id == scope.user_id)]
    if shown:
        audit.record_opening(scope, "safe_contact_reason", person_id, person_id=person_id)
    return tuple(row.reason for row in shown)


@query(PERSON_SEE)
def safe_contact_history(scope: Scope, person_id: UUID) -> tuple[tuple[str, SafeAnswers], ...]:
    """Every answer ever recorded, newest first, each with when and by whom in words."""
    rows = SafeContact.objects.filter(
        organisation_id=scope.organisation_id, person_id__in=linked_set(scope, person_id)
    ).order_by("-created_at")
    who = user_names({row.recorded_by_id for row in rows if row.recorded_by_id})
    return tuple((_recorded(row, who), _as_answers(row)) for row in rows)


def _recorded(row: SafeContact, who: dict[UUID, str]) -> str:
    by = who.get(row.recorded_by_id, "") if row.recorded_by_id else ""
    source = "" if row.told_by == ToldBy.PERSON else f", told to us by {ToldBy(row.told_by).label}"
    return f"{words.written_datetime(row.created_at)}{f' by {by}' if by else ''}{source}"


def contact_rows(scope: Scope, person_ids: Collection[UUID]) -> dict[UUID, tuple[ContactRow, ...]]:
    """Numbers and addresses that stand, for each record, confirmed ones first."""
    points = _points(scope.organisation_id, person_ids)
    found: dict[UUID, list[ContactRow]] = {}
    for point in points:
        found.setdefault(point.person_id, []).append(_contact_row(point))
    return {person_id: tuple(rows) for person_id, rows in found.items()}


@written_once
def _points(organisation_id: UUID, records: Collection[UUID]) -> QuerySet[ContactPoint]:
    rows = ContactPoint.objects.filter(organisation_id=organisation_id, person_id__in=records, ended_at=None)
    return rows.order_by("confirmed_at", "id")


def _contact_row(point: ContactPoint) -> ContactRow:
    kind = ContactKind(point.kind)
    confirmed = point.confirmed_at is not None
    told = point.told_by_name or ToldBy(point.told_by).label
    doubtful = "not confirmed" if point.told_by == ToldBy.PERSON else f"told to us by {told}, not confirmed"
    return ContactRow(
        id=point.pk,
        kind=point.kind,
        kind_words=kind.label,
        value=point.value,
        shown=shown_value(point.kind, point.value),
        source="" if confirmed else doubtful,
        confirmed=confirmed,
    )


def shown_value(kind: str, value: str) -> str:
    """A number as people write it."""
    return value if kind == ContactKind.EMAIL else phones.written(value)


def reach_lines(answers: SafeAnswers, contacts: Iterable[ContactRow], *, has_address: bool) -> tuple[str, ...]:
    """How to reach somebody safely in words, the best way first. Ways that are not safe are said last."""
    by_kind: dict[str, list[ContactRow]] = {}
    for row in contacts:
        by_kind.setdefault(row.kind, []).append(row)
    numbers = by_kind.get("mobile", []) + by_kind.get("landline", [])
    lines = []
    if answers.phone is not False:
        lines += [_with_source(f"Phone {row.shown}", row) for row in numbers] or ["Phone only, no number recorded"]
        lines.append("Voicemail is fine" if safe.allowed(answers, "voicemail") else "Leave no voicemail")
    if safe.allowed(answers, "text"):
        lines += [f"Text {row.shown}" for row in by_kind.get("mobile", []) if row.confirmed]
    if safe.allowed(answers, "email"):
        lines += [f"E-mail {row.shown}" for row in by_kind.get("email", []) if row.confirmed]
    lines += safe.not_yet_usable(answers, [row for rows in by_kind.values() for row in rows])
    if safe.allowed(answers, "letter") and has_address:
        lines.append("Letters are fine")
    if answers.best_times:
        lines.append(f"Best times: {answers.best_times}")
    return (*lines, *_not_safe(answers))


def _with_source(line: str, row: ContactRow) -> str:
    return f"{line} ({row.source})" if row.source else line


def _not_safe(answers: SafeAnswers) -> tuple[str, ...]:
    called = {"phone": "phone", "text": "text", "email": "e-mail", "letter": "send letters"}
    no = [said for channel, said in called.items() if answers.answer(channel) is False]
    lines = (f"Never {words.joined(no, 'or')}",) if no else ()
    unasked = [
        said
        for channel, said in called.items()
        if channel != "phone" and not safe.allowed(answers, channel) and answers.answer(channel) is not False
    ]
    return lines + ((f"Do not {words.joined(unasked, 'or')}: not asked yet",) if unasked else ())


@query(PERSON_SEE)
def related_contacts(scope: Scope, person_id: UUID) -> tuple[RelatedRow, ...]:
    """People around the person, carers first. Contact them only where the person said so."""
    rows = RelatedContact.objects.filter(
        organisation_id=scope.organisation_id, person_id__in=linked_set(scope, person_id), ended_at=None
    ).order_by("-is_carer", "id")
    return tuple(
        RelatedRow(
            row.pk,
            RelatedDetails(row.name, row.relationship, row.phone, row.is_carer, row.may_contact, row.told_by),
            shown_value("mobile", row.phone),
        )
        for row in rows
    )


@query(SAFE_ANSWERS_USE)
def address_belongs_to_another(scope: Scope, person_id: UUID, value: str) -> bool:
    """Whether this number is also that of somebody around the person, who would then read what is sent."""
    return RelatedContact.objects.filter(
        organisation_id=scope.organisation_id,
        person_id__in=linked_set(scope, person_id),
        phone=value,
        ended_at=None,
    ).exists()


@query(SAFE_ANSWERS_USE)
def address_for(scope: Scope, person_id: UUID, channel: str) -> str:
    """The newest confirmed address of a channel ("text", "email", "letter"); "" where there is none.

    A letter's address ends with the postcode. A restricted person's home is never handed out.
    """
    records = linked_set(scope, person_id)
    if channel == "letter":
        home = Person.objects.filter(organisation_id=scope.organisation_id, pk__in=records)
        if any(each.restricted for each in home):
            return ""
        best = next((each for each in sorted(home, key=lambda row: row.pk != person_id) if each.address), None)
        return f"{best.address}\n{best.postcode}".strip() if best else ""
    kind = {"text": ContactKind.MOBILE, "email": ContactKind.EMAIL}[channel]
    points = ContactPoint.objects.filter(
        organisation_id=scope.organisation_id, person_id__in=records, kind=kind, ended_at=None
    ).order_by("-created_at")
    # A number told to us by somebody else may be their own, or an old one: nothing is sent to it.
    return next((point.value for point in points if point.confirmed_at is not None), "")
