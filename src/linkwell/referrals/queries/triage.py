"""The list of referrals that wait, and the numbers above it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, CharField, Count, F, Func, IntegerField, Min, Q, QuerySet, Value, When
from django.db.models.functions import Length

from linkwell.core.paging import lines
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.pages import Page
from linkwell.people.models import Person
from linkwell.people.queries import kept_apart_ids
from linkwell.referrals.models import Referral
from linkwell.referrals.permissions import READ_REFERRALS
from linkwell.referrals.rows import TriageSummary, WaitingRow
from linkwell.tasks.models import Task

PAGE_SIZE = 25
WAITING = ("received", "asked")
_MOST_AREAS = 40
_AREA = Func(F("postcode"), Value(" "), Value(1), function="split_part", output_field=CharField())
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
    waiting = _of_team(scope, team_id).filter(state__in=WAITING)
    found = waiting.annotate(long=Length("postcode")).aggregate(
        areas=ArrayAgg(_AREA, filter=Q(long__gte=5), distinct=True),
        waiting=Count("pk", filter=Q(state="received")),
        asked=Count("pk", filter=Q(state="asked")),
        in_danger=Count("pk", filter=~Q(dangers=[])),
        overdue=Count("pk", filter=Q(next_date__lt=clock.today())),
        longest_since=Min("received_at"),
    )
    # Told apart in the database, which sends some areas and not thousands of postcodes.
    areas = sorted(found.pop("areas") or ())[:_MOST_AREAS]
    return TriageSummary(**found, areas=tuple(areas))


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
    alike = Q(nhs_number__in=numbers) | Q(date_of_birth__in=birthdays)
    here = Q(organisation_id=scope.organisation_id)
    columns = ("pk", "nhs_number", "date_of_birth", "family_name", "given_name")
    known = Person.objects.filter(here, alike).exclude(pk__in=kept_apart_ids(scope)).values_list(*columns)
    waiting = Referral.objects.filter(here, alike, state__in=WAITING).values_list(*columns)
    others = [*known, *waiting]
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
