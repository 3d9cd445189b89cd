"""If this fails, what is measured on the large place says nothing about a real one."""

import hashlib
from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from django.db import models

from linkwell.demo import bulk
from linkwell.people import names
from linkwell.people.models import Person, PersonWord
from linkwell.tasks.models import Task
from tests.prove.copies import copied
from tests.world import World

pytestmark = pytest.mark.xdist_group("world")
Row = dict[str, Any]


def copy_of(original: object) -> UUID:
    return UUID(hashlib.md5(f"{original}:1".encode()).hexdigest())  # noqa: S324 (as the database makes them)


def test_a_copied_life_is_the_played_one_but_for_identifiers_names_and_references(world: World) -> None:
    with copied(world):
        tables = bulk._tables()
        before = {model: _rows(model) for model in tables}
        ids = {row["id"] for found in before.values() for row in found}
        bulk.copy_people(1, lambda words, done, total: None)
        for model in tables:
            after = _rows(model)
            copied_rows = [row for row in before[model] if not _shared(row, model, ids)]
            assert len(after) == len(before[model]) + len(copied_rows), model
            expected = Counter(_comparable(_copied(row, ids), model) for row in copied_rows)
            originals = Counter(_comparable(row, model) for row in before[model])
            assert Counter(_comparable(row, model) for row in after) == expected + originals, model


def test_two_copies_share_no_reference_and_no_identifier(world: World) -> None:
    from linkwell.referrals.models import Referral

    with copied(world):
        bulk.copy_people(3, lambda words, done, total: None)
        references = list(Referral.objects.using("admin").values_list("reference", flat=True))
    assert len(references) == len(set(references))


def test_a_copied_person_is_found_and_sorted_by_the_copied_name(world: World) -> None:
    with copied(world):
        bulk.copy_people(2, lambda words, done, total: None)
        words: dict[UUID, set[str]] = {}
        for person_id, word in PersonWord.objects.using("admin").values_list("person_id", "word"):
            words.setdefault(person_id, set()).add(word)
        people = list(Person.objects.using("admin"))
    assert {row.pk: words[row.pk] for row in people} == {row.pk: _words(row) for row in people}
    assert {row.sort_name for row in people} == {names.sort_name(row.family_name, row.given_name) for row in people}


def _words(row: Person) -> set[str]:
    return set(names.words(row.given_name, row.family_name, row.preferred_name))


def _rows(model: type[models.Model]) -> list[Row]:
    names = [field.column for field in model._meta.concrete_fields]
    fields = [field.attname for field in model._meta.concrete_fields]
    found = model._default_manager.using("admin").values_list(*fields)
    return [dict(zip(names, row, strict=True)) for row in found]


def _shared(row: Row, model: type[models.Model], ids: set[object]) -> bool:
    """A task about a listing, a meeting or a visit belongs to no life: every copy shares it."""
    return model is Task and row["about_id"] not in ids


def _copied(row: Row, ids: set[object]) -> Row:
    """What the copy of a row should be: the organisation stays, whatever was copied itself gets its new identifier."""
    return {
        name: copy_of(value) if isinstance(value, UUID) and value in ids and name != "organisation_id" else value
        for name, value in row.items()
    }


def _comparable(row: Row, model: type[models.Model]) -> str:
    numbered = isinstance(model._meta.pk, models.BigAutoField)
    left_out = {*bulk._NAMES, *(["id"] if numbered else [])}
    return repr(sorted((name, str(value)) for name, value in row.items() if name not in left_out))
