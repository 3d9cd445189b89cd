"""What whoever keeps the directory does about its feeds."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from linkwell.core import audit, outbox
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.directory.actions import merging
from linkwell.directory.actions.keeping import index_words
from linkwell.directory.actions.provenance import WHO_RUNS, paragraphs
from linkwell.directory.models import (
    Correction,
    FeedWords,
    PersonalDecision,
    PersonalDetail,
    Publishing,
    Service,
    Source,
)
from linkwell.directory.permissions import IMPORT_DIRECTORY
from linkwell.interop.openreferral import HELD_BACK, Columns
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, NotFound

DUE = "directory.source_due"
LINKS_DUE = "directory.links_due"
EVERY = {24: "every day", 168: "every week", 672: "every four weeks"}
# A fetch that began this long ago was stopped with its worker.
GIVEN_UP_AFTER = dt.timedelta(minutes=30)


@action(IMPORT_DIRECTORY)
def set_columns(*, scope: Scope, source_name: str, location: str, columns: Columns) -> UUID:
    """Keep which column of a feed says what."""
    if not columns.is_enough:
        raise Invalid({"name": "Say which column holds the name."})
    row, _ = Source.objects.get_or_create(
        organisation_id=scope.organisation_id, name=source_name[:200], defaults={"location": location[:500]}
    )
    row.columns = columns.as_json()
    row.save(update_fields=["columns"])
    # What was loaded with other columns is not "unchanged", whatever the feed says.
    row.services.update(content_hash="")
    audit.record(scope, "changed", "directory_source", row.pk, fields=("columns",))
    return row.pk


@action(IMPORT_DIRECTORY)
def add_source(*, scope: Scope, name: str, location: str, every_hours: int | None) -> UUID:
    """A feed to be fetched from a web address, at once and then as often as said."""
    if not location.startswith(("https://", "http://")):
        raise Invalid({"location": "Enter a web address that begins with https:// or http://."})
    if Source.objects.filter(organisation_id=scope.organisation_id, name=name[:200]).exists():
        raise Invalid({"name": "There is a feed with this name already."})
    row = Source.objects.create(
        organisation_id=scope.organisation_id,
        name=name[:200],
        location=location[:500],
        every_hours=every_hours,
        due_at=clock.now(),
    )
    audit.record(scope, "added", "directory_source", row.pk)
    outbox.emit(scope, DUE, object_id=row.pk)
    return row.pk


@action(IMPORT_DIRECTORY)
def set_schedule(*, scope: Scope, source_id: UUID, every_hours: int | None) -> None:
    row = _source(scope, source_id)
    row.every_hours = every_hours
    row.due_at = None if every_hours is None else clock.now() + dt.timedelta(hours=every_hours)
    row.save(update_fields=["every_hours", "due_at"])
    audit.record(scope, "changed", "directory_source", row.pk, fields=("every_hours",))


@action(IMPORT_DIRECTORY)
def fetch_now(*, scope: Scope, source_id: UUID, accept_smaller: bool = False) -> None:
    """Ask for a feed to be fetched soon; `accept_smaller` after a reading that was held."""
    row = _source(scope, source_id)
    if "://" not in row.location:
        raise Invalid({"": "This feed came from a file. Load the file again."})
    row.accept_smaller = accept_smaller
    # What was held must be sent again, though the server may think we have it.
    row.etag = row.last_modified = ""
    row.save(update_fields=["accept_smaller", "etag", "last_modified"])
    outbox.emit(scope, DUE, object_id=row.pk)
    audit.record(scope, "asked_for", "directory_source", row.pk)


@action(IMPORT_DIRECTORY)
def emit_due_sources(*, scope: Scope) -> int:
    """One job for each feed whose time has come; how many."""
    now = clock.now()
    due = Source.objects.select_for_update(skip_locked=True).filter(
        organisation_id=scope.organisation_id, every_hours__isnull=False, due_at__lte=now
    )
    rows = list(due)
    for row in rows:
        outbox.emit(scope, DUE, object_id=row.pk, once=f"{row.pk}:{row.due_at}")
        row.due_at = now + dt.timedelta(hours=row.every_hours or 24)
        row.save(update_fields=["due_at"])
    audit.record(scope, "looked_for_due", "directory_source", scope.organisation_id)
    return len(rows)


def ask_for_links(scope: Scope) -> None:
    """Have the addresses whose turn it is tried, outside of this transaction."""
    outbox.emit(scope, LINKS_DUE, object_id=scope.organisation_id)


@action(IMPORT_DIRECTORY)
def begin_fetch(*, scope: Scope, source_id: UUID) -> Source | None:
    """Take a feed for fetching; None where another worker is at it."""
    row = _source(scope, source_id)
    audit.record(scope, "fetched", "directory_source", row.pk)
    if row.started_at is not None and row.started_at > clock.now() - GIVEN_UP_AFTER:
        return None
    row.started_at = clock.now()
    row.save(update_fields=["started_at"])
    return row


@action(IMPORT_DIRECTORY)
def end_fetch(
    *, scope: Scope, source_id: UUID, etag: str = "", last_modified: str = "", unchanged: bool = False
) -> None:
    """The fetch is over: keep what its server said of the feed's age."""
    row = _source(scope, source_id)
    row.started_at, row.accept_smaller = None, False
    if unchanged:
        row.unchanged_at = clock.now()
    else:
        row.etag, row.last_modified = etag[:200], last_modified[:60]
    row.save(update_fields=["started_at", "accept_smaller", "unchanged_at", "etag", "last_modified"])
    audit.record(scope, "fetched", "directory_source", row.pk)


@action(IMPORT_DIRECTORY)
def settle_difference(*, scope: Scope, correction_id: UUID, take: bool) -> UUID:
    """The feed now says something else than we do: keep ours, or take the feed's. Gives the service's id."""
    row = (
        Correction.objects.select_for_update(of=("self",))
        .filter(pk=correction_id, organisation_id=scope.organisation_id)
        .first()
    )
    if row is None:
        raise NotFound
    if row.ended_at is not None or row.differs_since is None:
        raise Conflict("This has been settled already.")
    if take:
        row.ended_at, row.ended_by_id = clock.now(), scope.user_id
        _show(scope, row.service, row.field, row.feed_now)
        merging.together([row.service_id], written=(row.field, f"{row.field}_html"))
    else:
        row.feed_value = row.feed_now
    row.feed_now, row.differs_since = None, None
    row.save(update_fields=["ended_at", "ended_by", "feed_value", "feed_now", "differs_since"])
    audit.record(scope, "took_feed" if take else "kept_ours", "service", row.service_id, fields=(row.field,))
    return row.service_id


@action(IMPORT_DIRECTORY)
def decide_personal(*, scope: Scope, detail_id: UUID, show: bool) -> UUID:
    """Whether words that may be one person's own are shown or left out, now and at every later reading."""
    row = (
        PersonalDetail.objects.select_for_update(of=("self",))
        .filter(pk=detail_id, organisation_id=scope.organisation_id)
        .first()
    )
    if row is None:
        raise NotFound
    if row.decision != PersonalDecision.WAITING:
        raise Conflict("This has been decided already.")
    row.decision = PersonalDecision.SHOW if show else PersonalDecision.LEAVE_OUT
    row.decided_at, row.decided_by_id = clock.now(), scope.user_id
    row.save(update_fields=["decision", "decided_at", "decided_by"])
    known = FeedWords.objects.filter(service_id=row.service_id).first()
    corrected = Correction.objects.filter(service_id=row.service_id, field=row.field, ended_at=None).exists()
    if known is not None and not corrected:
        _show(scope, row.service, row.field, known.said.get(row.field, ""))
        merging.together([row.service_id], written=(row.field, f"{row.field}_html"))
    audit.record(scope, "decided_personal", "service", row.service_id, fields=(row.field,))
    return row.service_id


@action(IMPORT_DIRECTORY)
def publish(*, scope: Scope, published: bool) -> None:
    """Give the directory to everybody in the layout of the standard, or stop doing so."""
    row, _ = Publishing.objects.get_or_create(organisation_id=scope.organisation_id)
    row.published, row.changed_by_id = published, scope.user_id
    row.save(update_fields=["published", "changed_by", "changed_at"])
    audit.record(scope, "published" if published else "unpublished", "directory", row.pk, fields=("published",))


def _source(scope: Scope, source_id: UUID) -> Source:
    row = Source.objects.select_for_update().filter(pk=source_id, organisation_id=scope.organisation_id).first()
    if row is None:
        raise NotFound
    return row


def _show(scope: Scope, row: Service, field: str, value: object) -> None:
    """The feed's words in the listing, less what is held back or left out of them."""
    if field == WHO_RUNS:
        row.community_organisation.name = str(value)
        row.community_organisation.save(update_fields=["name"])
        index_words(row)
        return
    shown = value
    if isinstance(value, str):
        hidden = PersonalDetail.objects.filter(service=row, field=field).exclude(decision=PersonalDecision.SHOW)
        for words in sorted(hidden.values_list("words", flat=True), key=len, reverse=True):
            shown = str(shown).replace(words, HELD_BACK)
    setattr(row, field, shown)
    names = [field]
    if field == "description":
        row.description_html = paragraphs(str(shown))
        names.append("description_html")
    row.save(update_fields=names)
    index_words(row)
