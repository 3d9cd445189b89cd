"""Which columns hold words somebody wrote, and which of them hold a planted word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from linkwell.core.row_security import policed_models

# Shorter columns hold codes, telephone numbers and the like, each checked where it is written.
SHORTEST = 60


def fields_of_words() -> Iterator[tuple[type[models.Model], models.Field[Any, Any]]]:
    """Every column of a policed table in which somebody can write what they like."""
    for model, _ in policed_models():
        for each in model._meta.concrete_fields:
            if isinstance(each, models.TextField | models.JSONField) or _long(each):
                yield model, each


def _long(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, models.CharField) and not field.choices and (field.max_length or SHORTEST) >= SHORTEST


def named(model: type[models.Model], field: models.Field[Any, Any]) -> str:
    return f"{model._meta.label}.{field.name}"


def with_planted_words(canaries: Iterable[str]) -> set[str]:
    """The columns that hold one of these words, read as the owner of the tables."""
    wanted = tuple(canaries)
    found = set()
    for model, field in fields_of_words():
        values = model._default_manager.using("admin").values_list(field.name, flat=True)
        if any(canary in str(value) for value in values.iterator() for canary in wanted):
            found.add(named(model, field))
    return found
