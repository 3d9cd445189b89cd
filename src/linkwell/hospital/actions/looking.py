"""Looking for people: the rules are asked, and the list is made to agree."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from uuid import UUID

from linkwell.cohorts import rules
from linkwell.core import outbox
from linkwell.core.scope import Scope
from linkwell.hospital.actions.finding import Asked, Found, reconcile
from linkwell.hospital.asking_rules import Chosen, Question, ask
from linkwell.hospital.queries.looked_at import looked_at, next_looked_at
from linkwell.kernel import clock

ROUND = "hospital.look_round"
BEGINNING = UUID(int=0)
# People looked at together on a round: under a second, since news of somebody else waits for it.
AT_ONCE = 200


def look_round(scope: Scope, files: Mapping[str, Sequence[Path]], after: UUID = BEGINNING) -> None:
    """Look at some of those treated here now, from this id on; the rest follows, and other work goes between."""
    some = next_looked_at(scope, after, AT_ONCE)
    if some:
        look(scope, files, some)
        outbox.emit(scope, ROUND, object_id=some[-1])


def look(scope: Scope, files: Mapping[str, Sequence[Path]], patient_ids: Collection[UUID] | None = None) -> Found:
    """Ask every rule in use of everybody treated here now, or of these patients, and settle the list of each.

    `files` are activity files of our own columns, by table. Safe to run again.
    """
    seen = looked_at(scope, patient_ids)
    names = tuple(rule.name for rule in rules.known() if rule.name not in seen.not_asked)
    question = Question(seen.people, seen.live, Chosen(names, seen.own), clock.today(), files)
    hits = ask(question) if seen.people and (names or seen.own) else {}
    # A rule that was turned off or taken away is as good as asked: what it once saw holds no more.
    return reconcile(scope=scope, asked=Asked(seen.everyone, hits))
