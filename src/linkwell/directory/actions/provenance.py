"""What a feed says, what somebody here said better, and what is held back, brought together for a batch of services."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.html import linebreaks

from linkwell.directory import mapping
from linkwell.directory.actions.parts import PARTS
from linkwell.directory.actions.taken import said_here
from linkwell.directory.mapping import Draft
from linkwell.directory.models import Correction, FeedWords, PersonalDecision, PersonalDetail, Service
from linkwell.interop.openreferral import Personal, ServiceRecord, personal_in, without_personal
from linkwell.kernel import clock

WHO_RUNS = "who_runs"
# Said in the feed, but followed by nobody: they say the same in other words, or whether it is listed at all.
_NOT_FOLLOWED = frozenset({"description_html", "status"})


@dataclass
class Sayings:
    """For the services of one batch: what is known of who said what, and what is to be written about it."""

    organisation_id: UUID
    words: dict[UUID, FeedWords] = field(default_factory=dict)
    corrections: dict[UUID, list[Correction]] = field(default_factory=lambda: defaultdict(list))
    details: dict[UUID, dict[tuple[str, str], PersonalDetail]] = field(default_factory=lambda: defaultdict(dict))
    new_details: list[PersonalDetail] = field(default_factory=list)
    said: dict[UUID, FeedWords] = field(default_factory=dict)
    differing: list[Correction] = field(default_factory=list)

    def draft(self, row: Service, record: ServiceRecord) -> Draft:
        """What the record becomes, with what may be personal held back, and the feed's own words noted."""
        draft = mapping.draft_of(record)
        self._note(row, draft)
        hidden = self._hidden(row, personal_in(record))
        return mapping.draft_of(without_personal(record, hidden)) if hidden else draft

    def correct(self, row: Service, draft: Draft) -> None:
        """Put back what somebody here said, and note where the feed now says something else than it did."""
        for each in self.corrections[row.pk]:
            now = self.said[row.pk].said.get(each.field)
            differs = now != each.feed_value
            if differs != (each.differs_since is not None) or (differs and now != each.feed_now):
                each.feed_now = now if differs else None
                each.differs_since = clock.now() if differs else None
                self.differing.append(each)
            if each.field in (WHO_RUNS, *PARTS):
                continue
            setattr(row, each.field, each.value)
            if each.field == "description":
                row.description_html = paragraphs(str(each.value))

    def followed(self, listed: list[tuple[Service, Draft]], part: str) -> list[tuple[Service, Draft]]:
        """Those whose feed is followed in one of `parts.PARTS`: nobody here has said it."""
        return [
            (row, draft) for row, draft in listed if not any(each.field == part for each in self.corrections[row.pk])
        ]

    def write(self) -> None:
        names = ["said", "since"]
        FeedWords.objects.bulk_create(
            self.said.values(), update_conflicts=True, unique_fields=["id"], update_fields=names
        )
        PersonalDetail.objects.bulk_create(self.new_details, ignore_conflicts=True)
        Correction.objects.bulk_update(self.differing, ["feed_now", "differs_since"])

    def _note(self, row: Service, draft: Draft) -> None:
        said = {name: as_json(value) for name, value in draft.columns.items() if name not in _NOT_FOLLOWED}
        said[WHO_RUNS] = draft.organisation.name
        today = clock.today().isoformat()
        known = self.words.get(row.pk)
        if known is None:
            known = FeedWords(organisation_id=self.organisation_id, service=row, said={}, since={})
        known.since = {
            name: known.since.get(name, today) if known.said.get(name) == value else today
            for name, value in said.items()
        }
        known.said = said
        self.said[row.pk] = known

    def _hidden(self, row: Service, found: Collection[Personal]) -> list[Personal]:
        """Of what was found, everything nobody said may be shown. What is new waits for a keeper."""
        known = self.details[row.pk]
        for each in found:
            if (each.column, each.words) not in known:
                detail = PersonalDetail(
                    organisation_id=self.organisation_id,
                    service=row,
                    field=each.column,
                    kind=each.kind,
                    words=each.words[:200],
                )
                known[each.column, each.words] = detail
                self.new_details.append(detail)
        return [each for each in found if known[each.column, each.words].decision != PersonalDecision.SHOW]


def sayings_of(organisation_id: UUID, rows: Iterable[Service]) -> Sayings:
    """What is known about these services: three statements, however many."""
    ids = [row.pk for row in rows]
    found = Sayings(organisation_id)
    if not ids:
        return found
    found.words = {each.service_id: each for each in FeedWords.objects.filter(service_id__in=ids)}
    for correction in Correction.objects.filter(service_id__in=ids, ended_at=None):
        found.corrections[correction.service_id].append(correction)
    for detail in PersonalDetail.objects.filter(service_id__in=ids):
        found.details[detail.service_id][detail.field, detail.words] = detail
    return found


def corrected(row: Service, before: Mapping[str, Any], after: Mapping[str, Any], said_by: str) -> None:
    """Keep what somebody here said of a service, so that its feed does not take it back. By field, before and after.

    For those who change a listing, inside their own action. A service that no feed gave needs nothing kept.
    """
    said_here(row, after.keys())
    if row.source_id is None:
        return
    known = FeedWords.objects.filter(service=row).first()
    for name, value in after.items():
        feed = known.said.get(name) if known else as_json(before.get(name))
        Correction.objects.update_or_create(
            service=row,
            field=name,
            ended_at=None,
            defaults={
                "value": as_json(value),
                "feed_value": feed,
                "feed_now": None,
                "differs_since": None,
                "said_by": said_by[:120],
            },
            create_defaults={
                "organisation_id": row.organisation_id,
                "value": as_json(value),
                "feed_value": feed,
                "said_by": said_by[:120],
            },
        )


def as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def paragraphs(text: str) -> str:
    """Plain words as HTML that is safe to show."""
    return str(linebreaks(text, autoescape=True))
