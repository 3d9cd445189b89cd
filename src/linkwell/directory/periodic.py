"""What comes round for the directory."""

from linkwell.core import periodic
from linkwell.core.scope import Scope
from linkwell.directory.actions import meanings


@periodic.every("* * * * *")
def tell_meanings_that_wait(scope: Scope) -> None:
    """Whatever was changed without anybody asking for its meaning, and what a stopped worker left."""
    meanings.tell_some_and_go_on(scope)
