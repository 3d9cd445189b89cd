"""What comes round for the directory."""

from linkwell.core import periodic
from linkwell.core.scope import Scope
from linkwell.directory import queries
from linkwell.directory.actions import meanings, sources


@periodic.every("* * * * *")
def tell_meanings_that_wait(scope: Scope) -> None:
    """Whatever was changed without anybody asking for its meaning, and what a stopped worker left."""
    meanings.tell_some_and_go_on(scope)


@periodic.every("*/15 * * * *")
def fetch_what_is_due(scope: Scope) -> None:
    if queries.feed_is_due(scope):
        sources.emit_due_sources(scope=scope)


@periodic.every("20 2-5 * * *")
def try_links(scope: Scope) -> None:
    """At night a few at a time, so that every address comes round within a month."""
    sources.ask_for_links(scope)
