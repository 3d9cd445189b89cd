"""A large directory made from a small one, and the other ways of asking it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import tantivy
from django.db import connection, connections, transaction

from linkwell.accounts.models import Organisation
from linkwell.core.database import scoped
from linkwell.core.scope import Scope, system_scope
from linkwell.directory import actions
from linkwell.directory.actions.meanings import tell_meanings
from linkwell.directory.models import Meaning, Service
from linkwell.directory.sentences import DIMENSIONS, MODEL
from linkwell.interop.openreferral import read
from tests.relevance.measures import Figures, needs
from tests.relevance.ways import compare

JITTER = 0.03
PORTION = 5_000


def organisation_to_measure(code: str) -> Scope:
    with transaction.atomic(using="admin"):
        row, _ = Organisation.objects.using("admin").get_or_create(
            code=code, defaults={"name": code, "kind": "council"}
        )
    return system_scope(row.pk, "measuring")


def demo_directory(feed: Path, code: str = "DEMO") -> Scope:
    """A directory loaded from a feed, with its meanings told."""
    scope = organisation_to_measure(code)
    with feed.open("rb") as file:
        actions.import_feed(scope=scope, reading=read(file), source_name=code, location=feed.name)
    while True:
        with scoped(scope):
            if not tell_meanings(scope):
                return scope


def relevance(scope: Scope, name: str) -> dict[str, Figures]:
    return compare(scope, needs(name))


_COPY = """
WITH made AS (
  INSERT INTO directory_service (id, organisation_id, created_at, community_organisation_id, feed_id, content_hash,
    name, description_html, description, status, url, phone, referral_email, kinds, needs, tags, languages, access,
    minimum_age, maximum_age, cost, free, ways, online, step_free, how_to_join, join_words, contact, alert, first_visit,
    greeted_by, who_for, terms, assured_on, assured_by, room, room_source, room_said_by, details_confirmed_by,
    picture_url, search)
  SELECT gen_random_uuid(), %(to)s, now(), community_organisation_id, n || feed_id, '', name || ' ' || n,
    description_html, description, status, url, phone, referral_email, kinds, needs, tags, languages, access,
    minimum_age, maximum_age, cost, free, ways, online, step_free, how_to_join, join_words, contact, alert, first_visit,
    greeted_by, who_for, terms, assured_on, assured_by, room, room_source, room_said_by, details_confirmed_by,
    picture_url, search
  FROM directory_service, generate_series(1, %(times)s) n
  WHERE organisation_id = %(of)s ORDER BY n LIMIT %(most)s
  RETURNING id
)
INSERT INTO directory_venue (id, organisation_id, created_at, service_id, name, address, postcode, latitude, longitude,
  getting_there)
SELECT gen_random_uuid(), %(to)s, now(), id, '', '', '', 51.3 + (random() - 0.5), -6 + (random() - 0.5) * 1.6, ''
FROM made
"""


def many(of: Scope, size: int) -> Scope:
    """So many services made from a small directory, each with a place of its own in a county a hundred km across."""
    to = organisation_to_measure(f"MANY{size}")
    with connections["admin"].cursor() as cursor:
        small = _count(cursor, of)
        asked: dict[str, Any] = {
            "of": of.organisation_id,
            "to": to.organisation_id,
            "times": size // small + 1,
            "most": size,
        }
        cursor.execute(_COPY, asked)
    _directions(of, to)
    with connections["admin"].cursor() as cursor:
        # What a server does by itself soon after so much was loaded: not while we measure.
        cursor.execute("VACUUM (ANALYZE) directory_service, directory_venue, directory_meaning")
    return to


def _count(cursor: Any, scope: Scope) -> int:
    cursor.execute("SELECT count(*) FROM directory_service WHERE organisation_id = %s", [scope.organisation_id])
    return int(cursor.fetchone()[0])


def _directions(of: Scope, to: Scope) -> None:
    told = Meaning.objects.using("admin").filter(organisation_id=of.organisation_id).select_related("service")
    known = {each.service.name: np.frombuffer(bytes(each.direction), np.float16) for each in told}
    drawn = np.random.default_rng(20)
    rows = (
        Service.objects.using("admin")
        .filter(organisation_id=to.organisation_id)
        .values_list("pk", "name", "changed_in")
    )
    portion: list[Meaning] = []
    for service_id, name, changed_in in list(rows):
        near = known[name.rsplit(" ", 1)[0]] + drawn.normal(0, JITTER, DIMENSIONS)
        direction = (near / np.linalg.norm(near)).astype(np.float16).tobytes()
        portion.append(
            Meaning(
                organisation_id=to.organisation_id, service_id=service_id, text_hash="", model=MODEL,
                direction=direction, of_change=changed_in,
            )
        )  # fmt: skip
        if len(portion) == PORTION:
            Meaning.objects.using("admin").bulk_create(portion)
            portion = []
    Meaning.objects.using("admin").bulk_create(portion)


_PLAIN = """
SELECT s.id FROM directory_service s
JOIN directory_venue v ON v.service_id = s.id
WHERE s.organisation_id = %(organisation)s AND s.status <> 'withdrawn' AND s.step_free
  AND s.search @@ to_tsquery('english', %(words)s)
  AND abs(v.latitude - %(north)s) < 0.27 AND abs(v.longitude - %(east)s) < 0.43
ORDER BY ts_rank(s.search, to_tsquery('english', %(words)s)) DESC LIMIT 10
"""


def other_ways(scope: Scope, middle: tuple[float, float]) -> dict[str, Callable[[str], Any]]:
    """Plain full text of PostgreSQL and of tantivy, any of the words, with the same place and fact."""
    index = _tantivy(scope)
    searcher = index.searcher()

    def plain(words: str) -> object:
        asked: dict[str, Any] = {
            "organisation": scope.organisation_id,
            "words": " | ".join(_bare(words)),
            "north": middle[0],
            "east": middle[1],
        }
        with scoped(scope, read_only=True), connection.cursor() as cursor:
            cursor.execute(_PLAIN, asked)
            return cursor.fetchall()

    def tantivy_way(words: str) -> object:
        north, east = middle
        wanted = (
            f"+({' '.join(_bare(words))}) +step_free:1 +north:[{north - 0.27} TO {north + 0.27}]"
            f" +east:[{east - 0.43} TO {east + 0.43}]"
        )
        return searcher.search(index.parse_query(wanted, ["name", "words"]), 10).hits

    return {"PostgreSQL full text": plain, "tantivy": tantivy_way}


def _bare(words: str) -> list[str]:
    return re.findall(r"[a-z]+", words.lower())


def _tantivy(scope: Scope) -> tantivy.Index:
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("name", tokenizer_name="en_stem")
    schema.add_text_field("words", tokenizer_name="en_stem")
    for name in ("north", "east"):
        schema.add_float_field(name, indexed=True, fast=True)
    schema.add_integer_field("step_free", indexed=True)
    index = tantivy.Index(schema.build())
    writer = index.writer(200_000_000)
    rows = Service.objects.using("admin").filter(organisation_id=scope.organisation_id)
    for name, words, step_free, north, east in rows.values_list(
        "name", "description", "step_free", "venues__latitude", "venues__longitude"
    ).iterator():
        writer.add_document(
            tantivy.Document(name=[name], words=[words], step_free=[int(bool(step_free))], north=[north], east=[east])
        )
    writer.commit()
    index.reload()
    return index
