"""The one door to a hospital's activity files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from linkwell.cohorts.columns import TABLES
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.hospital.activity import store
from linkwell.hospital.permissions import FIND_CANDIDATES


@query(FIND_CANDIDATES)
def files(scope: Scope) -> Mapping[str, tuple[Path, ...]]:
    """The files of the scope's own organisation by table, to ask rules of; an empty tuple where there are none."""
    return {name: store.parts(scope.organisation_id, name) for name in TABLES}
