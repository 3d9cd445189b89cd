"""What the directory does seconds after something was written."""

from uuid import UUID

from linkwell.core import outbox
from linkwell.core.scope import Scope
from linkwell.directory import harvest
from linkwell.directory.actions import meanings, sources, twice


@outbox.handles(meanings.WAITING)
def tell_what_services_mean(scope: Scope, object_id: UUID) -> None:
    meanings.tell_some_and_go_on(scope)


@outbox.handles(sources.DUE, external=True)
def fetch_feed(scope: Scope, object_id: UUID) -> None:
    harvest.fetch(scope, object_id)


@outbox.handles(sources.LINKS_DUE, external=True)
def try_links(scope: Scope, object_id: UUID) -> None:
    harvest.try_links(scope)


@outbox.handles(twice.DUE)
def look_for_twice(scope: Scope, object_id: UUID) -> None:
    twice.look_for_twice(scope=scope, source_id=object_id)
