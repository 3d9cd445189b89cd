"""Every protocol that was ever fixed in an organisation, as `linkwell.evaluation` reads a register."""

import hashlib
import json
from uuid import UUID

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.evaluation.protocol.register import Kept, Protocol, Register, State
from linkwell.evaluations.models import DesignKind, Evaluation
from linkwell.evaluations.permissions import EVALUATE

ENDED = {"refused": State.REFUSED, "abandoned": State.ABANDONED}
# The column of the outcome in the rows, by design.
OUTCOME = {DesignKind.PAIRED: "score", DesignKind.ITS: "events", DesignKind.MATCH: "events"}


@query(EVALUATE)
def register(scope: Scope) -> Register:
    return register_of(scope)


def register_of(scope: Scope, until: UUID | None = None) -> Register:
    """Those fixed so far; with `until`, only up to and with that one, as they stand now."""
    rows = Evaluation.objects.filter(organisation_id=scope.organisation_id).exclude(number=None).order_by("number")
    kept = []
    for row in rows:
        kept.append(_kept(row))
        if row.pk == until:
            break
    told = [[each.number, each.opened_at, each.protocol.question, each.state, each.reason] for each in kept]
    return Register(tuple(kept), hashlib.sha256(json.dumps(told).encode()).hexdigest())


def _kept(row: Evaluation) -> Kept:
    protocol = Protocol(
        design=row.design,
        question=row.question,
        population=row.population,
        outcome=OUTCOME[DesignKind(row.design)],
        comparison=row.comparison,
        starts=row.starts_on,
        ends=row.ends_on,
        minimum_n=row.minimum_n,
        settings={"counted": f"{row.counted}:{row.score}".rstrip(":"), "who": f"{row.who}:{row.which}".rstrip(":")},
    )
    ended = row.ended_at.isoformat(timespec="seconds") if row.ended_at else ""
    opened = row.fixed_at.isoformat(timespec="seconds") if row.fixed_at else ""
    return Kept(row.number or 0, opened, protocol, ENDED.get(row.state, State.OPENED), ended, row.reason)
