"""Releases: for those who prepare and sign them, for the gate, and for everybody."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.evaluation.disclosure.frozen import Cells, Frozen, thaw
from linkwell.evaluation.refusal import Refused
from linkwell.kernel.errors import NotFound
from linkwell.kernel.pages import Page
from linkwell.showcase.details import PublicPlace, PublicRelease, ReleaseRow
from linkwell.showcase.models import PublishedRelease, Release
from linkwell.showcase.periods import Period
from linkwell.showcase.permissions import PREPARE_RELEASE

PAGE_SIZE = 25
OUT = ("published", "withdrawn")


@query(PREPARE_RELEASE)
def releases(scope: Scope, number: int) -> Page[ReleaseRow]:
    """The organisation's own, the newest first."""
    start = (number - 1) * PAGE_SIZE
    rows = _own(scope).order_by("-created_at", "pk")[start : start + PAGE_SIZE + 1]
    return Page.of(list(rows), number=number, size=PAGE_SIZE).map(_row)


@query(PREPARE_RELEASE)
def release(scope: Scope, release_id: UUID) -> ReleaseRow:
    """Raises NotFound."""
    found = _own(scope).filter(pk=release_id).first()
    if found is None:
        raise NotFound("We could not find that release.")
    return _row(found)


def in_log(scope: Scope, given: Iterable[UUID] = ()) -> list[Release]:
    """Everything that was ever published of the organisation's people, and of the areas whose releases are counted.

    Called inside an action.
    """
    places = Release.objects.filter(pk__in=list(given)).values("organisation_id")
    own_or_given = Q(organisation_id=scope.organisation_id) | Q(organisation_id__in=places)
    return list(Release.objects.filter(own_or_given, state__in=OUT).order_by("signed_at", "pk"))


def given_to(scope: Scope, period: Period) -> list[Release]:
    """What areas gave for a total of this period, as it stands published. Called inside an action."""
    rows = Release.objects.filter(given_to_id=scope.organisation_id, first=period.first, last=period.last)
    return list(rows.filter(state="published", of_all_areas=False).order_by("pk"))


def newest(code: str) -> PublicRelease:
    """What stands at a place's own address. Raises NotFound where nothing stands published."""
    return _public(_of(code).filter(withdrawn_on=None).order_by("-last", "first", "-number").first())


def newest_of_all_areas(code: str) -> PublicRelease | None:
    row = _of(code).filter(withdrawn_on=None, of_all_areas=True).order_by("-last", "first", "-number").first()
    return _public(row) if row else None


def published(code: str, key: str) -> PublicRelease:
    """One release by its address, withdrawn or not. Raises NotFound."""
    text, _, number = key.partition(".")
    period = Period.read(text)
    if number and not (number.isascii() and number.isdecimal() and len(number) < 4):
        raise NotFound
    rows = _of(code).filter(first=period.first, last=period.last, number=int(number or 1))
    return _public(rows.first())


def others_of(code: str) -> tuple[PublicRelease, ...]:
    """Every release of a place, the newest first."""
    return tuple(_public(row) for row in _of(code).order_by("-last", "first", "-number"))


def places() -> tuple[PublicPlace, ...]:
    """The places that have something published, by name."""
    rows = PublishedRelease.objects.filter(withdrawn_on=None, of_all_areas=False).order_by("place", "-last", "first")
    found: dict[str, PublicPlace] = {}
    for row in rows:
        found.setdefault(row.code, PublicPlace(row.code, row.place, Period.of(row.first, row.last).words))
    return tuple(found.values())


def _of(code: str) -> QuerySet[PublishedRelease]:
    return PublishedRelease.objects.filter(code__iexact=code)


def _own(scope: Scope) -> QuerySet[Release]:
    return Release.objects.filter(organisation_id=scope.organisation_id).select_related(
        "prepared_by", "signed_by", "given_to"
    )


def _row(row: Release) -> ReleaseRow:
    return ReleaseRow(
        id=row.pk,
        version=row.version,
        period=Period.of(row.first, row.last),
        number=row.number,
        of_all_areas=row.of_all_areas,
        given_to=row.given_to.name if row.given_to else "",
        state=row.state,
        state_words=row.moves.words[row.state],
        prepared_by_id=row.prepared_by_id,
        prepared_by=row.prepared_by.name,
        prepared_at=row.created_at,
        signed_by=row.signed_by.name if row.signed_by else "",
        signed_at=row.signed_at,
        cells=thaw(Frozen(row.cells, row.digest)),
        why=row.why,
        words=row.words["scores"],
        lower=frozenset(row.words["lower"]),
    )


def _cells(row: PublishedRelease) -> Cells:
    """What is not as it was signed off is not shown to anybody."""
    try:
        return thaw(Frozen(row.cells, row.digest))
    except Refused as refused:
        raise NotFound(str(refused)) from None


def _public(row: PublishedRelease | None) -> PublicRelease:
    if row is None:
        raise NotFound
    return PublicRelease(
        organisation_id=row.organisation_id,
        code=row.code,
        place=row.place,
        of_all_areas=row.of_all_areas,
        period=Period.of(row.first, row.last),
        number=row.number,
        cells=_cells(row),
        words=row.words["scores"],
        lower=frozenset(row.words["lower"]),
        published_on=row.published_on,
        withdrawn_on=row.withdrawn_on,
        withdrawn_why=row.withdrawn_why,
    )
