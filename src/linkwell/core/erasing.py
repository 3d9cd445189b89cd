"""Taking somebody out of the database for good: every row about them in one organisation, in every table.

Runs as the login that owns the tables, because the program itself cannot remove what is append-only. Which rows go is
read from the tables themselves, so that a table added later is not forgotten: whatever must point to a row that goes,
goes with it; whatever only may point to one is let stand without it. The audit trail stays: it holds ids, never values.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import cast
from uuid import UUID

from django.apps import apps
from django.db import models, transaction

KEPT = frozenset({"core.AuditEvent", "core.AuditSeal", "core.AuditPending", "people.Disposal"})
# A pointer of this name says whom a row is about, also where it may be empty.
ABOUT_WHOM = "person"
# Columns that name a row without a foreign key.
LOOSE = frozenset({"person_id", "case_id", "object_id", "about_id", "referral_id", "onward_referral_id", "subject_id"})
# Columns whose text names rows: a draft at the end of the name of its form, an act on several things in its lines.
NAMED_IN: dict[tuple[str, str], Callable[[str], set[str]]] = {
    ("core.Draft", "form"): lambda text: {text.rpartition(":")[2]},
    ("core.SeveralAct", "lines"): lambda text: {each["id"] for each in json.loads(text)},
}
Model = type[models.Model]


@dataclass
class Going:
    """What would go: the ids of each table's rows, and the pointers that would be emptied."""

    rows: dict[Model, set[object]] = field(default_factory=dict)
    emptied: dict[tuple[Model, str], set[object]] = field(default_factory=dict)
    # How many rows a column was last asked about: asked again only when there are more.
    asked: dict[tuple[Model, str], int] = field(default_factory=dict)

    def has_more(self, model: Model, column: str, number: int) -> bool:
        """Whether this column has to be asked (again), now that `number` rows are known that it could point to."""
        before = self.asked.get((model, column), 0)
        self.asked[model, column] = number
        return number > before

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each kind of thing, by its name in the singular."""
        return {str(model._meta.verbose_name): len(found) for model, found in self.rows.items() if found}

    @property
    def ids(self) -> set[UUID]:
        return {each for found in self.rows.values() for each in found if isinstance(each, UUID)}


def look(organisation_id: UUID, roots: Mapping[str, Iterable[UUID]], *, using: str = "default") -> Going:
    """Every row that would go with these. `roots` names models ("people.Person") and ids of this organisation."""
    going = Going()
    for label, ids in roots.items():
        _add(going, organisation_id, apps.get_model(label), {"pk__in": list(ids)}, using)
    before = -1
    while before != (before := sum(map(len, going.rows.values()))):
        for model in _ours():
            _follow(going, organisation_id, model, using)
    return going


def erase(organisation_id: UUID, roots: Mapping[str, Iterable[UUID]]) -> dict[str, int]:
    """Remove them in one transaction, and say how many of what went. Doing it again finds nothing and does nothing."""
    with transaction.atomic(using="admin"):
        going = look(organisation_id, roots, using="admin")
        for (model, name), ids in going.emptied.items():
            left = ids - going.rows.get(model, set())
            model._base_manager.using("admin").filter(pk__in=left).update(**{name: None})
        for model, ids in going.rows.items():
            # Foreign keys are checked at the end of the transaction, so the order does not matter.
            rows = model._base_manager.using("admin").filter(pk__in=ids)
            rows._raw_delete("admin")
    return going.counts


def _ours() -> list[Model]:
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("linkwell.") and model._meta.label not in KEPT
    ]


def _follow(going: Going, organisation_id: UUID, model: Model, using: str) -> None:
    for column in model._meta.concrete_fields:
        if isinstance(column, models.ForeignKey):
            gone = going.rows.get(cast(Model, column.related_model), set())
            if not going.has_more(model, column.name, len(gone)):
                continue
            if column.null and column.name != ABOUT_WHOM:
                found = _of(model, organisation_id, {f"{column.name}__in": gone}, using)
                going.emptied.setdefault((model, column.name), set()).update(found)
            else:
                _add(going, organisation_id, model, {f"{column.name}__in": gone}, using)
        elif column.name in LOOSE and isinstance(column, models.UUIDField) and not column.primary_key:
            if going.has_more(model, column.name, len(going.ids)):
                _add(going, organisation_id, model, {f"{column.name}__in": going.ids}, using)
        elif (model._meta.label, column.name) in NAMED_IN and going.has_more(model, column.name, len(going.ids)):
            _add_named(going, organisation_id, model, column.name, using)


def _add(going: Going, organisation_id: UUID, model: Model, where: dict[str, object], using: str) -> None:
    if model._meta.label not in KEPT:
        found = _of(model, organisation_id, where, using)
        if found:
            going.rows.setdefault(model, set()).update(found)


def _add_named(going: Going, organisation_id: UUID, model: Model, column: str, using: str) -> None:
    """What somebody typed about one of these and has not sent, and what they did to it among several."""
    texts = model._base_manager.using(using).filter(organisation_id=organisation_id).values_list("pk", column)
    ids, named = {str(each) for each in going.ids}, NAMED_IN[model._meta.label, column]
    found = {pk for pk, text in texts if named(text) & ids}
    if found:
        going.rows.setdefault(model, set()).update(found)


def _of(model: Model, organisation_id: UUID, where: dict[str, object], using: str) -> set[object]:
    rows = model._base_manager.using(using).filter(**where)
    if any(column.attname == "organisation_id" for column in model._meta.concrete_fields):
        rows = rows.filter(organisation_id=organisation_id)
    return set(rows.values_list("pk", flat=True))
