"""The list of referrals that wait, and the numbers above it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Case, Count, IntegerField, QuerySet, Value, When

from linkwell.core.paging import lines
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.pages import Page
from linkwell.people.queries import kept_apart_ids
from linkwell.referrals.models import Referral
from linkwell.referrals.permissions import READ_REFERRALS
from linkwell.referrals.rows import TriageSummary, WaitingRow
from linkwell.tasks.models import Task

PAGE_SIZE = 25
WAITING = ("received", "asked")
_MOST_AREAS = 40
# Both are asked each time the list is opened, so they are written once. Areas are told apart by the database, which
# sends some of them and not thousands of postcodes.
_SUMMARY = """
SELECT (array_agg(DISTINCT split_part(postcode, ' ', 1)) FILTER (WHERE length(postcode) >= 5))[:%(most)s],
       count(*) FILTER (WHERE state = 'received'),
       count(*) FILTER (WHERE state = 'asked'),
       count(*) FILTER (WHERE dangers <> '{}'),
       count(*) FILTER (WHERE next_date < %(today)s),
       min(received_at)
FROM referrals_referral
WHERE organisation_id = %(here)s AND state IN ('received', 'asked')
  AND (%(team)s::uuid IS NULL OR team_id = %(team)s)
"""
_ALIKE = """
SELECT id, nhs_number, date_of_birth, family_name, given_name
FROM people_person
WHERE organisation_id = %(here)s AND (nhs_number = ANY(%(numbers)s) OR date_of_birth = ANY(%(birthdays)s))
  AND id <> ALL(%(apart)s::uuid[])
UNION ALL
SELECT id, nhs_number, date_of_birth, family_name, given_name
FROM referrals_referral
WHERE organisation_id = %(here)s AND (nhs_number = ANY(%(numbers)s) OR date_of_birth = ANY(%(birthdays)s))
  AND state IN ('received', 'asked')
"""
# What a line of the list shows, and what makes two referrals alike: a referral holds three times as many.
_COLUMNS = (
    "version",
    "state",
    "reference",
    "given_name",
    "family_name",
    "date_of_birth",
    "nhs_number",
    "source",
    "sender_organisation__name",
    "referrer_name",
    "needs",
    "why",
    "knows",
    "dangers",
    "postcode",
    "received_at",
    "next_date",
    "hand_over",
)
OVERDUE_TASK = "referral_overdue"


@dataclass(frozen=True, slots=True)
class Filters:
    """`show`: waiting, asked, danger, overdue, declined or accepted. `area` is the first half of a postcode."""

    show: str = "waiting"
    need: str = ""
    area: str = ""
    team_id: UUID | None = None


@query(READ_REFERRALS)
def triage(scope: Scope, filters: Filters, number: int = 1) -> Page[WaitingRow]:
    """Referrals with words of danger first, then the longest waiting. Decided ones: the newest decision first."""
    rows = _shown(_of_team(scope, filters.team_id), filters.show)
    if filters.need:
        rows = rows.filter(needs__contains=[filters.need])
    if filters.area:
        rows = rows.filter(postcode__startswith=f"{filters.area} ")
    rows = rows.select_related("sender_organisation").only(*_COLUMNS)
    size = lines(PAGE_SIZE)
    start = (number - 1) * size
    fetched = list(_ordered(rows, filters.show)[start : start + size + 1])
    known = maybe_known(scope, fetched)
    return Page.of([_row(each, each.pk in known) for each in fetched], number=number, size=size)


@query(READ_REFERRALS)
def triage_summary(scope: Scope, team_id: UUID | None = None) -> TriageSummary:
    """How many wait, since when the longest, how many are past their date, and the areas they live in."""
    asked = {"here": scope.organisation_id, "team": team_id, "today": clock.today(), "most": _MOST_AREAS}
    with connection.cursor() as cursor:
        cursor.execute(_SUMMARY, asked)
        [(areas, waiting, asking, in_danger, overdue, longest_since)] = cursor.fetchall()
    return TriageSummary(waiting, asking, in_danger, overdue, longest_since, tuple(areas or ()))


@query(READ_REFERRALS)
def by_state(scope: Scope) -> dict[str, int]:
    """How many referrals are in each state: together they are every referral that ever arrived."""
    counted = (
        Referral.objects.filter(organisation_id=scope.organisation_id).values("state").annotate(number=Count("pk"))
    )
    return {row["state"]: row["number"] for row in counted.order_by()}


@query(READ_REFERRALS)
def overdue(scope: Scope) -> tuple[UUID, ...]:
    """Referrals that should have been looked at before today and are nobody's open task yet, the oldest first."""
    here = {"organisation_id": scope.organisation_id}
    known = Task.objects.filter(**here, kind=OVERDUE_TASK, state="open").values("about_id")
    rows = Referral.objects.filter(**here, state__in=WAITING, next_date__lt=clock.today()).exclude(pk__in=known)
    return tuple(rows.order_by("next_date").values_list("pk", flat=True)[:1000])


def referrals_held(scope: Scope, user_id: UUID) -> int:
    """Referrals that wait and are with one person. Called inside the action or query of whoever runs the staff list."""
    rows = Referral.objects.filter(organisation_id=scope.organisation_id, owner_id=user_id)
    return rows.filter(state__in=WAITING).count()


def _of_team(scope: Scope, team_id: UUID | None) -> QuerySet[Referral]:
    rows = Referral.objects.filter(organisation_id=scope.organisation_id)
    return rows.filter(team_id=team_id) if team_id else rows


def _shown(rows: QuerySet[Referral], show: str) -> QuerySet[Referral]:
    match show:
        case "accepted":
            return rows.filter(state__in=("accepted", "joined"))
        case "declined":
            return rows.filter(state__in=("declined", "withdrawn"))
        case "asked":
            return rows.filter(state="asked")
        case "danger":
            return rows.filter(state__in=WAITING).exclude(dangers=[])
        case "overdue":
            return rows.filter(state__in=WAITING, next_date__lt=clock.today())
        case _:
            return rows.filter(state__in=WAITING)


def _ordered(rows: QuerySet[Referral], show: str) -> QuerySet[Referral]:
    if show in ("declined", "accepted"):
        return rows.order_by("-decided_at", "pk")
    calm = Case(When(dangers=[], then=Value(1)), default=Value(0), output_field=IntegerField())
    return rows.order_by(calm, "received_at", "pk")


def maybe_known(scope: Scope, rows: list[Referral]) -> set[UUID]:
    """Which of these rows share a number, or a birthday and a name, with a record or another waiting referral."""
    numbers = {row.nhs_number for row in rows if row.nhs_number}
    birthdays = {row.date_of_birth for row in rows if row.date_of_birth}
    if not (numbers or birthdays):
        return set()
    apart = list(kept_apart_ids(scope))
    with connection.cursor() as cursor:
        cursor.execute(
            _ALIKE,
            {
                "here": scope.organisation_id,
                "numbers": list(numbers),
                "birthdays": list(birthdays),
                "apart": apart,
            },
        )
        others = cursor.fetchall()
    return {row.pk for row in rows if row.state in WAITING and _is_like_any(row, others)}


def _is_like_any(row: Referral, others: Iterable[tuple[object, ...]]) -> bool:
    names = {row.family_name.casefold(), row.given_name.casefold()}
    for pk, number, born, family, given in others:
        if pk == row.pk:
            continue
        if row.nhs_number and number == row.nhs_number:
            return True
        if row.date_of_birth and born == row.date_of_birth and names & {str(family).casefold(), str(given).casefold()}:
            return True
    return False


def _row(row: Referral, maybe_known: bool) -> WaitingRow:
    return WaitingRow(
        id=row.pk,
        version=row.version,
        state=row.state,
        reference=row.reference,
        name=f"{row.given_name} {row.family_name}",
        date_of_birth=row.date_of_birth,
        source=row.source,
        sender=row.sender_organisation.name if row.sender_organisation else row.referrer_name,
        needs=tuple(row.needs),
        why=row.why,
        knows=row.knows,
        dangers=tuple(row.dangers),
        area=row.postcode.split(" ")[0],
        received_at=row.received_at,
        next_date=row.next_date,
        maybe_known=maybe_known,
        hand_over=row.hand_over,
    )
