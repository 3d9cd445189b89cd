"""One batch of records into tables: what is new, what changed, what is as it was."""

from __future__ import annotations

import datetime as dt
import operator
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchVector
from django.db import connection
from django.db.models import Value

from linkwell.directory import mapping, vocabulary
from linkwell.directory.actions import merging, provenance
from linkwell.directory.actions.keeping import index_words
from linkwell.directory.actions.parts import (
    PARTS,
    PLACES_AND_TIMES,
    RULES,
    drafted_places_and_times,
    in_draft,
    write_places_and_times,
)
from linkwell.directory.eligibility import RuleDraft
from linkwell.directory.mapping import Draft
from linkwell.directory.models import (
    CommunityOrganisation,
    Correction,
    EligibilityRule,
    RoomSource,
    RuleKind,
    Service,
    ServiceStatus,
    Source,
)
from linkwell.interop.openreferral import OrganisationRecord, ServiceRecord
from linkwell.kernel import clock

FROM_LISTING = "their listing"
_ROOM = ("room", "room_weeks", "room_said_at", "room_said_by", "room_source", "room_places")


@dataclass
class Counts:
    """What a batch came to; `present` are the services it named."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    present: set[UUID] = field(default_factory=set)


def load_batch(organisation_id: UUID, source: Source, records: list[ServiceRecord]) -> Counts:
    """Six statements or so for each batch, however many records it holds."""
    counts = Counts()
    existing = {row.feed_id: row for row in source.services.filter(feed_id__in=[each.id for each in records])}
    changing = [row for each in records if (row := existing.get(each.id)) and not _is_as_it_was(row, each)]
    sayings = provenance.sayings_of(organisation_id, changing)
    new: list[tuple[Service, Draft]] = []
    changed: list[tuple[Service, Draft]] = []
    for record in records:
        row = existing.get(record.id)
        if row is not None:
            counts.present.add(row.pk)
        if row is not None and _is_as_it_was(row, record):
            counts.unchanged += 1
            continue
        is_new = row is None
        row = row or Service(organisation_id=organisation_id, source=source, feed_id=record.id)
        counts.present.add(row.pk)
        draft = sayings.draft(row, record)
        (new if is_new else changed).append((row, draft))
        _fill(row, draft, record.content_hash)
        sayings.correct(row, draft)
    _write(organisation_id, source, new, changed, sayings)
    sayings.write()
    for row, _ in changed:
        if sayings.corrections[row.pk]:
            index_words(row)
    merging.together((row.pk for row, _ in changed), parts=_own_parts(changed, sayings))
    counts.added, counts.updated = len(new), len(changed)
    return counts


def _own_parts(changed: list[tuple[Service, Draft]], sayings: provenance.Sayings) -> dict[UUID, dict[str, Any]]:
    """What the feeds say of places, times and rules where another listing's hold; less what somebody here has said."""
    others = merging.parts_of_others(row.pk for row, _ in changed)
    followed = {part: {row.pk for row, _ in sayings.followed(changed, part)} for part in PARTS}
    return {
        row.pk: {part: said for part, said in in_draft(draft).items() if row.pk in followed[part]}
        for row, draft in changed
        if row.pk in others
    }


def known_ids(source: Source, feed_ids: Iterable[str]) -> set[UUID]:
    """Services that records with these identifiers belong to."""
    return set(source.services.filter(feed_id__in=list(feed_ids)).values_list("pk", flat=True))


def _is_as_it_was(row: Service, record: ServiceRecord) -> bool:
    came_back = row.status == ServiceStatus.WITHDRAWN and record.status != "defunct"
    return row.content_hash == record.content_hash and not came_back


def _fill(row: Service, draft: Draft, content_hash: str) -> None:
    for name, value in draft.columns.items():
        setattr(row, name, value)
    row.content_hash = content_hash
    _say_room(row, draft)


def _say_room(row: Service, draft: Draft) -> None:
    """A listing's word on room counts until the group itself has said something newer."""
    if draft.room is None:
        return
    room, weeks, said_on = draft.room
    said_at = clock.at(said_on, dt.time(0))
    if row.room_said_at is None or said_at > row.room_said_at:
        row.room, row.room_weeks, row.room_said_at, row.room_said_by = room, weeks, said_at, FROM_LISTING
        row.room_source, row.room_places = RoomSource.LISTING, None


def _write(
    organisation_id: UUID,
    source: Source,
    new: list[tuple[Service, Draft]],
    changed: list[tuple[Service, Draft]],
    sayings: provenance.Sayings,
) -> None:
    both = [*new, *changed]
    if not both:
        return
    organisations = _organisations(organisation_id, source, [draft.organisation for _, draft in both])
    for row, draft in both:
        row.community_organisation_id = organisations[_key(draft.organisation)]
        row.search = _words_to_find(draft)
    Service.objects.bulk_create([row for row, _ in new])
    if changed:
        names = ["community_organisation", "content_hash", "search", *changed[0][1].columns, *_ROOM]
        rows = [row for row, _ in changed]
        Service.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=names)
    others = merging.parts_of_others(row.pk for row, _ in changed)
    placed = [
        each for each in sayings.followed(changed, PLACES_AND_TIMES) if PLACES_AND_TIMES not in others[each[0].pk]
    ]
    ruled = [each for each in sayings.followed(changed, RULES) if RULES not in others[each[0].pk]]
    write_places_and_times(organisation_id, {row.pk: drafted_places_and_times(draft) for row, draft in [*new, *placed]})
    _write_rules(organisation_id, [*new, *ruled])


def _write_rules(organisation_id: UUID, both: list[tuple[Service, Draft]]) -> None:
    """Whom it is for, as its feed says; where somebody here has said it, the feed's rules are not asked."""
    known: dict[UUID, set[RuleDraft]] = defaultdict(set)
    said_here = set()
    for rule in EligibilityRule.objects.filter(service__in=[row for row, _ in both]):
        known[rule.service_id].add(RuleDraft(RuleKind(rule.kind), tuple(rule.values), rule.must))
        if not rule.from_feed:
            said_here.add(rule.service_id)
    different = [(row, draft) for row, draft in both if row.pk not in said_here and known[row.pk] != set(draft.rules)]
    EligibilityRule.objects.filter(service__in=[row for row, _ in different]).delete()
    EligibilityRule.objects.bulk_create(
        EligibilityRule(
            organisation_id=organisation_id,
            service=row,
            kind=each.kind,
            values=list(each.values),
            must=each.must,
            from_feed=True,
        )
        for row, draft in different
        for each in draft.rules
    )


def _words_to_find(draft: Draft) -> SearchVector:
    """Reckoned by the database in the same statement that writes the service."""
    first, *rest = (
        SearchVector(Value(words), weight=weight, config="english")
        for weight, words in zip("ABCD", draft.search_words, strict=True)
    )
    return reduce(operator.add, rest, first)


def _key(record: OrganisationRecord) -> str:
    """The feed's identifier of an organisation; its name stands in where the feed gives none."""
    return record.id or f"name {vocabulary.fold(record.name)[:190]}"


def _organisations(organisation_id: UUID, source: Source, records: list[OrganisationRecord]) -> dict[str, UUID]:
    """Each organisation of the batch, added or brought up to date, by its key."""
    wanted = {_key(each): each for each in records}
    rows = {row.feed_id: row for row in CommunityOrganisation.objects.filter(source=source, feed_id__in=wanted)}
    named_here = _named_here(rows.values())
    new: list[CommunityOrganisation] = []
    changed: list[CommunityOrganisation] = []
    for key, record in wanted.items():
        said = {
            "name": record.name,
            "description": record.description,
            "url": record.website[:500],
            "email": record.email if len(record.email) <= mapping.LONGEST_EMAIL else "",
        }
        row = rows.get(key)
        if row is not None and row.pk in named_here:
            said["name"] = row.name
        if row is None:
            row = CommunityOrganisation(organisation_id=organisation_id, source=source, feed_id=key, **said)
            rows[key] = row
            new.append(row)
        elif any(getattr(row, name) != value for name, value in said.items()):
            for name, value in said.items():
                setattr(row, name, value)
            changed.append(row)
    CommunityOrganisation.objects.bulk_create(new)
    CommunityOrganisation.objects.bulk_update(changed, ["name", "description", "url", "email"])
    return {key: row.pk for key, row in rows.items()}


def _named_here(rows: Iterable[CommunityOrganisation]) -> set[UUID]:
    """Organisations whose name somebody here has put right."""
    corrections = Correction.objects.filter(
        field=provenance.WHO_RUNS, ended_at=None, service__community_organisation__in=list(rows)
    )
    return set(corrections.values_list("service__community_organisation_id", flat=True))


_REBUILD = """
INSERT INTO "directory_searchword" (id, created_at, organisation_id, word, times)
SELECT gen_random_uuid(), now(), %(organisation)s, word, count(*)
FROM (
  SELECT unnest(tsvector_to_array(to_tsvector('simple', unaccent(
    concat_ws(' ', s.name, s.description, s.who_for, o.name, array_to_string(s.languages, ' '))
  )))) AS word
  FROM "directory_service" s
  JOIN "directory_communityorganisation" o ON o.id = s.community_organisation_id
  WHERE s.organisation_id = %(organisation)s AND s.status <> 'withdrawn'
  UNION ALL SELECT unnest(%(known)s::text[])
) words
GROUP BY word
HAVING word ~ '^[a-z]{4,40}$'
"""


def rebuild_search_words(organisation_id: UUID) -> None:
    """Every word of the organisation's directory, and of our own vocabulary, with how many services say it."""
    with connection.cursor() as cursor:
        cursor.execute('DELETE FROM "directory_searchword" WHERE organisation_id = %s', [organisation_id])
        cursor.execute(_REBUILD, {"organisation": organisation_id, "known": vocabulary_words()})


def vocabulary_words() -> list[str]:
    phrases = [phrase for table in ("kinds", "needs", "tags") for phrase in vocabulary.phrases(table)]
    return sorted({word for phrase in phrases for word in re.split(r"[^a-z]+", phrase)})
