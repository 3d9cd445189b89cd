"""Every write of releases: preparing, signing off, discarding and withdrawing."""

from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from linkwell.accounts import queries as accounts
from linkwell.core import states
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.evaluation.disclosure.accounts import Account, Entry
from linkwell.evaluation.disclosure.frozen import Cells, Frozen, freeze, thaw
from linkwell.evaluation.refusal import Refused
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, NotAllowed
from linkwell.outcomes.actions import record_use
from linkwell.outcomes.details import UseDetails
from linkwell.showcase import figures as counted
from linkwell.showcase.figures import Figures
from linkwell.showcase.models import PublishedRelease, Release
from linkwell.showcase.periods import Period
from linkwell.showcase.permissions import PREPARE_RELEASE, SIGN_RELEASE
from linkwell.showcase.queries.counting import figures_of
from linkwell.showcase.queries.releases import given_to, in_log

LONGEST_REASON = 300


@action(PREPARE_RELEASE)
def prepare_release(*, scope: Scope, period: Period, given_to_code: str = "", of_all_areas: bool = False) -> UUID:
    """Count a period, take it through the gate, and keep what came through for a second person to sign off.

    Raises Invalid for a period that is not over, an unknown organisation and what the gate refuses; Conflict while
    the period stands published or another release waits; NotAllowed for a total by any other than the country's.
    """
    if not period.is_over:
        raise Invalid({"period": f"{period.words} is not over yet. Choose a period that is."})
    _refuse_second(scope, period)
    if of_all_areas and not is_country(scope.organisation_id):
        raise NotAllowed("Only the organisation that publishes for the country adds up areas.")
    parts = given_to(scope, period) if of_all_areas else []
    found = _together(parts) if of_all_areas else figures_of(scope, period)
    log = in_log(scope, (part.pk for part in parts))
    row = Release(
        organisation_id=scope.organisation_id,
        state="prepared",
        first=period.first,
        last=period.last,
        number=1 + sum(_of_period(each, scope, period) for each in log),
        of_all_areas=of_all_areas,
        covers=[str(part.pk) for part in parts],
        given_to_id=_recipient(scope, given_to_code),
        counts=counted.counts(found),
        changes={code: [moved.people, moved.total, moved.squares] for code, moved in found.moved.items()},
        words={"scores": dict(found.words), "lower": sorted(found.lower)},
        log_size=len(log),
        prepared_by_id=_user(scope),
    )
    _through_the_gate(row, found, log)
    return _begin(scope, row)


def _refuse_second(scope: Scope, period: Period) -> None:
    rows = Release.objects.filter(organisation_id=scope.organisation_id)
    if rows.filter(first=period.first, last=period.last, state="published").exists():
        raise Conflict(message=f"{period.words} is published. Withdraw it first, with the reason, to put it right.")
    if rows.filter(state="prepared").exists():
        raise Conflict(message="Another release waits for a second person. Sign it off or discard it first.")


def is_country(organisation_id: UUID) -> bool:
    """Whether it is the organisation that publishes the total of all areas."""
    code = str(settings.COUNTRY_PAGE)
    return bool(code) and accounts.organisation(organisation_id).code.casefold() == code.casefold()


def _together(parts: list[Release]) -> Figures:
    if len(parts) < 2:
        raise Invalid({"period": "Fewer than two areas gave you a release of this period."})
    return counted.together(counted.from_counts(part.counts, part.changes, part.words) for part in parts)


def _of_period(row: Release, scope: Scope, period: Period) -> bool:
    return row.organisation_id == scope.organisation_id and (row.first, row.last) == (period.first, period.last)


def _recipient(scope: Scope, code: str) -> UUID | None:
    if not code.strip():
        return None
    found = accounts.organisation_by_code(code)
    if found.id == scope.organisation_id:
        raise Invalid({"given_to": "Choose another organisation than your own."})
    return found.id


def _through_the_gate(row: Release, found: Figures, log: list[Release]) -> None:
    # A solver is slow to load, and most processes never prepare a release.
    from linkwell.showcase.preparing import prepare

    try:
        made = prepare(_account(row), found, [Entry(_account(each), _cells(each).counts) for each in log])
    except Refused as refused:
        raise Invalid({"period": str(refused)}) from None
    frozen = freeze(made.cells)
    row.cells, row.digest, row.why = frozen.text, frozen.digest, dict(made.why)


def _cells(row: Release) -> Cells:
    return thaw(Frozen(row.cells, row.digest))


def _account(row: Release) -> Account:
    return Account(
        name=str(row.pk),
        place=str(row.organisation_id),
        first=row.first,
        last=row.last,
        number=row.number,
        counts=row.counts,
        sums=counted.sums(row.counts),
        covers=frozenset(row.covers),
    )


def _begin(scope: Scope, row: Release) -> UUID:
    try:
        with transaction.atomic():
            states.begin(scope=scope, row=row)
    except IntegrityError:
        raise Conflict(message="Somebody else prepared a release just now. Look at it first.") from None
    return row.pk


@action(SIGN_RELEASE)
def sign_off_release(*, scope: Scope, release_id: UUID, expected_version: int) -> None:
    """Publish what somebody else prepared, as it is, and tell who recorded the scores that they were used.

    Raises NotAllowed for whoever prepared it, Conflict when something was published since, InvalidMove, NotFound.
    """
    row = _lock(scope, release_id, expected_version)
    if row.prepared_by_id == _user(scope):
        raise NotAllowed("Somebody else has to sign off what you prepared.")
    if len(in_log(scope, map(UUID, row.covers))) != row.log_size:
        raise Conflict(message="Another release came out since this one was prepared. Discard it and prepare it again.")
    row.signed_by_id, row.signed_at = _user(scope), clock.now()
    states.move(scope=scope, row=row, to="published", fields=("signed_by", "signed_at"))
    organisation = accounts.organisation(scope.organisation_id)
    PublishedRelease.objects.create(
        organisation_id=scope.organisation_id,
        release_id=row.pk,
        code=organisation.code,
        place=organisation.name,
        of_all_areas=row.of_all_areas,
        first=row.first,
        last=row.last,
        number=row.number,
        cells=row.cells,
        digest=row.digest,
        words=row.words,
        published_on=clock.today(),
    )
    what = f"What changed, {Period.of(row.first, row.last).words}"
    record_use(scope=scope, use=UseDetails("everybody, on our public page", what, clock.today(), row.first, row.last))


@action(PREPARE_RELEASE)
def discard_release(*, scope: Scope, release_id: UUID, expected_version: int) -> None:
    """What was prepared is not published. Raises Conflict, InvalidMove, NotFound."""
    states.move(scope=scope, row=_lock(scope, release_id, expected_version), to="discarded")


@action(PREPARE_RELEASE)
def withdraw_release(*, scope: Scope, release_id: UUID, expected_version: int, reason: str) -> None:
    """Its page says from now on that it was withdrawn and why, and shows no number. Raises Invalid, Conflict."""
    why = reason.strip()
    if not why or len(why) > LONGEST_REASON:
        raise Invalid({"reason": "Say why, in a sentence that everybody may read."})
    row = _lock(scope, release_id, expected_version)
    states.move(scope=scope, row=row, to="withdrawn", reason=why)
    PublishedRelease.objects.filter(release_id=row.pk).update(withdrawn_on=clock.today(), withdrawn_why=why)


def _lock(scope: Scope, release_id: UUID, expected_version: int) -> Release:
    """Of those that others gave us, we may read alone."""
    row = states.lock(Release, release_id, expected_version=expected_version)
    if row.organisation_id != scope.organisation_id:
        raise NotAllowed("This release is somebody else’s.")
    return row


def _user(scope: Scope) -> UUID:
    if scope.user_id is None:
        raise NotAllowed("Somebody who is signed in has to do this.")
    return scope.user_id
