"""What somebody told us: About me, agreements, risks and what they need."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from linkwell.core.joined import joined
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.core.written import written_once
from linkwell.people.details import AboutMeRow, AboutMeWords, AgreementRow, RequirementRow, RiskRow
from linkwell.people.models import (
    AboutMe,
    Agreement,
    AgreementAnswer,
    AgreementHow,
    AgreementSubject,
    IdentityLink,
    Requirement,
    RequirementKind,
    Risk,
)
from linkwell.people.permissions import PERSON_SEE
from linkwell.people.queries.identity import linked_set, linked_sets


@query(PERSON_SEE)
def about_me(scope: Scope, person_id: UUID) -> AboutMeRow:
    """The newest words over all records, empty when nobody asked yet. The version is this record's own, from 0."""
    rows = _about_me(scope.organisation_id, linked_set(scope, person_id))
    own = next((row.version for row in rows if row.person_id == person_id), 0)
    if not rows:
        return AboutMeRow(0, AboutMeWords())
    newest = rows[0]
    return _about_row(newest, own)


@query(PERSON_SEE)
def about_me_history(scope: Scope, person_id: UUID) -> tuple[AboutMeRow, ...]:
    """Every version, newest first."""
    return tuple(_about_row(row, row.version) for row in _about_me(scope.organisation_id, linked_set(scope, person_id)))


@written_once
def _about_me(organisation_id: UUID, records: Collection[UUID]) -> QuerySet[AboutMe]:
    rows = AboutMe.objects.filter(organisation_id=organisation_id, person_id__in=records)
    return joined(rows, "recorded_by__name").order_by("-created_at", "-version")


def _about_row(row: AboutMe, version: int) -> AboutMeRow:
    return AboutMeRow(version, about_words(row), row.created_at, _recorder(row))


def about_words(row: AboutMe) -> AboutMeWords:
    return AboutMeWords(
        matters_most=row.matters_most,
        people_important=row.people_important,
        how_i_communicate=row.how_i_communicate,
        my_wellness=row.my_wellness,
        please_do=row.please_do,
        please_do_not=row.please_do_not,
        how_and_when=row.how_and_when,
        also_know=row.also_know,
        supported_by=row.supported_by,
    )


def _recorder(row: AboutMe | Agreement | Risk) -> str:
    """From a row fetched with who recorded it."""
    return row.recorded_by.name if row.recorded_by else ""


@query(PERSON_SEE)
def agreement(scope: Scope, person_id: UUID, subject: str, object_id: UUID | None = None) -> AgreementRow | None:
    """The answer that stands for one subject (and one thing, where given); None when nobody asked.

    Where records became one person, a no on any of them stands until the person is asked again.
    """
    records = linked_set(scope, person_id)
    rows = list(_agreements(scope.organisation_id, records).filter(subject=subject, object_id=object_id))
    standing = _standing(rows, _last_link(scope, records))
    return _agreement_row(standing) if standing else None


def said_no(scope: Scope, subject: str) -> frozenset[UUID]:
    """The records of everybody whose standing answer on a subject is not a yes. Called from inside a query.

    Somebody whom nobody asked is not among them.
    """
    about = Agreement.objects.filter(organisation_id=scope.organisation_id, subject=subject, object_id=None)
    ever = about.exclude(answer=AgreementAnswer.AGREED).values_list("person_id", flat=True).distinct()
    sets = set(linked_sets(scope, list(ever)).values())
    answers: dict[UUID, list[Agreement]] = {}
    for row in about.filter(person_id__in=frozenset().union(*sets)).order_by("-created_at", "-id"):
        answers.setdefault(row.person_id, []).append(row)
    found: set[UUID] = set()
    for records in sets:
        rows = sorted((row for each in records for row in answers.get(each, ())), key=_when, reverse=True)
        standing = _standing(rows, _last_link(scope, records))
        if standing is not None and standing.answer != AgreementAnswer.AGREED:
            found |= records
    return frozenset(found)


def _when(row: Agreement) -> tuple[datetime, UUID]:
    return row.created_at, row.pk


@query(PERSON_SEE)
def agreements(scope: Scope, person_id: UUID) -> tuple[AgreementRow, ...]:
    """The answer that stands for each subject and thing, newest first."""
    records = linked_set(scope, person_id)
    by_subject: dict[tuple[str, UUID | None], list[Agreement]] = {}
    for row in _agreements_now(scope.organisation_id, records):
        by_subject.setdefault((row.subject, row.object_id), []).append(row)
    last_link = _last_link(scope, records)
    standing = [one for rows in by_subject.values() if (one := _standing(rows, last_link)) is not None]
    return tuple(_agreement_row(row) for row in sorted(standing, key=lambda row: row.created_at, reverse=True))


@query(PERSON_SEE)
def agreement_history(scope: Scope, person_id: UUID) -> tuple[AgreementRow, ...]:
    """Every answer ever recorded, newest first."""
    return tuple(_agreement_row(row) for row in _agreements(scope.organisation_id, linked_set(scope, person_id)))


def _agreements(organisation_id: UUID, records: Collection[UUID]) -> QuerySet[Agreement]:
    rows = Agreement.objects.filter(organisation_id=organisation_id, person_id__in=records)
    return joined(rows, "recorded_by__name").order_by("-created_at", "-id")


_agreements_now = written_once(_agreements)


def _last_link(scope: Scope, records: Collection[UUID]) -> datetime | None:
    if len(records) < 2:
        return None
    return (
        IdentityLink.objects.filter(organisation_id=scope.organisation_id, record_id__in=records, undone_at=None)
        .order_by("-created_at")
        .values_list("created_at", flat=True)
        .first()
    )


def _standing(rows: list[Agreement], last_link: datetime | None) -> Agreement | None:
    """Of rows newest first: the newest, unless it is older than the link and another record says no."""
    if not rows or last_link is None or rows[0].created_at > last_link:
        return rows[0] if rows else None
    newest = {row.person_id: row for row in reversed(rows)}
    return next((row for row in newest.values() if row.answer != AgreementAnswer.AGREED), rows[0])


def _agreement_row(row: Agreement) -> AgreementRow:
    return AgreementRow(
        id=row.pk,
        subject=row.subject,
        subject_words=AgreementSubject(row.subject).label,
        answer=row.answer,
        answer_words=AgreementAnswer(row.answer).label,
        how_words=AgreementHow(row.how).label,
        asked_alone=row.asked_alone,
        note=row.note,
        object_id=row.object_id,
        recorded_at=row.created_at,
        recorded_by=_recorder(row),
    )


@query(PERSON_SEE)
def risks(scope: Scope, person_id: UUID) -> tuple[RiskRow, ...]:
    """Risks that stand, newest first. Empty means nobody asked; "no known risk" is a row of its own."""
    records = linked_set(scope, person_id)
    rows = _risks(scope.organisation_id, records)
    # Records that became one person: a risk on one outweighs "none known" on another.
    known = [row for row in rows if not row.none_known] or rows
    return tuple(RiskRow(row.pk, row.none_known, row.detail, row.created_at, _recorder(row)) for row in known)


@written_once
def _risks(organisation_id: UUID, records: Collection[UUID]) -> QuerySet[Risk]:
    found = Risk.objects.filter(organisation_id=organisation_id, person_id__in=records, ended_at=None)
    return joined(found, "recorded_by__name").order_by("-id")


@query(PERSON_SEE)
def requirements(scope: Scope, person_id: UUID) -> tuple[RequirementRow, ...]:
    """What the person needs so that support works, oldest first."""
    rows = Requirement.objects.filter(
        organisation_id=scope.organisation_id, person_id__in=linked_set(scope, person_id), ended_at=None
    ).order_by("id")
    return tuple(RequirementRow(row.pk, row.kind, RequirementKind(row.kind).label, row.detail) for row in rows)
