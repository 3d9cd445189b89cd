"""Stories, what was agreed to, where they went, and what the public page may show."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import QuerySet

from linkwell.core import audit
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel.errors import NotFound
from linkwell.outcomes.details import ConsentRow, CopyRow, PublicStory, StoryRow, StoryWords
from linkwell.outcomes.models import Story, StoryConsent, StoryCopy, StoryUse
from linkwell.outcomes.permissions import SEE_ANSWERS
from linkwell.people import queries as people

MOST = 200
_WORD = re.compile(r"[^\W\d_][\w'’-]+")
# What tells where or when: a number of two figures, a postcode, a month.
_TELLS = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b\d{2,}\b"
    r"|\b(?:January|February|March|April|June|July|August|September|October|November|December)\b"
)


def agreed_uses(story_id: UUID) -> frozenset[str]:
    """The uses whose newest answer is yes. Called inside an action or query."""
    return frozenset(use for use, row in _newest([story_id])[story_id].items() if row.agreed)


def _newest(story_ids: Collection[UUID]) -> dict[UUID, dict[str, StoryConsent]]:
    found: dict[UUID, dict[str, StoryConsent]] = defaultdict(dict)
    for row in StoryConsent.objects.filter(story_id__in=story_ids).order_by("created_at", "pk"):
        found[row.story_id][row.use] = row
    return found


@query(SEE_ANSWERS)
def stories_of_case(scope: Scope, case_id: UUID) -> tuple[StoryRow, ...]:
    """The newest first."""
    return _rows(_all(scope).filter(case_id=case_id).order_by("-created_at"))


@query(SEE_ANSWERS)
def stories_of(scope: Scope, person_ids: Collection[UUID]) -> tuple[StoryRow, ...]:
    """Of these records, the oldest first."""
    return _rows(_all(scope).filter(person_id__in=person_ids).order_by("created_at"))


@query(SEE_ANSWERS)
def stories_to_check(scope: Scope) -> tuple[StoryRow, ...]:
    """What waits for a second person who did not write it, the oldest first."""
    return _rows(_all(scope).filter(state="checking").exclude(author_id=scope.user_id).order_by("created_at")[:MOST])


@query(SEE_ANSWERS, opening=True)
def story(scope: Scope, story_id: UUID) -> StoryRow:
    """Raises NotFound."""
    rows = _rows(_all(scope).filter(pk=story_id))
    if not rows:
        raise NotFound("We could not find that story.")
    audit.record_opening(scope, "story", story_id, person_id=rows[0].person_id)
    return rows[0]


@query(SEE_ANSWERS)
def may_tell_who(scope: Scope, row: StoryRow) -> tuple[str, ...]:
    """Words of a story that may tell who or where it is, for whoever checks it. None found never means none are."""
    card = people.contact_card(scope, row.person_id).details
    known = (card.given_name, card.family_name, card.preferred_name, card.address, card.gp_practice_name)
    secret = {word.casefold() for text in known if text for word in _WORD.findall(text)}
    text = f"{row.story.title}\n{row.story.words}"
    found = [word for word in _WORD.findall(text) if word.casefold() in secret]
    return tuple(dict.fromkeys([*found, *_TELLS.findall(text)]))


@query(SEE_ANSWERS)
def public_stories(scope: Scope) -> tuple[PublicStory, ...]:
    """What our public page may show now: checked, agreed to, not taken back, and of somebody who has not died."""
    rows = _rows(_all(scope).filter(state="checked").order_by("-checked_at")[:MOST])
    agreed = [row for row in rows if row.agreed_to(StoryUse.PUBLIC)]
    hidden = people.kept_apart_ids(scope) | people.who_died(scope, {row.person_id for row in agreed})
    shown = [row.story for row in agreed if row.person_id not in hidden]
    return tuple(PublicStory(each.title, each.called, each.words, each.tags) for each in shown)


def _all(scope: Scope) -> QuerySet[Story]:
    return Story.objects.select_related("author", "checked_by").filter(organisation_id=scope.organisation_id)


def _rows(rows: Iterable[Story]) -> tuple[StoryRow, ...]:
    found = list(rows)
    ids = [row.pk for row in found]
    consents, copies = _newest(ids), defaultdict(list)
    for each in StoryCopy.objects.select_related("recorded_by").filter(story_id__in=ids).order_by("-on", "pk"):
        words = CopyRow(each.get_use_display(), each.on, each.place, each.recorded_by.name)
        copies[each.story_id].append(words)
    return tuple(_row(row, consents[row.pk], copies[row.pk]) for row in found)


def _row(row: Story, consents: dict[str, StoryConsent], copies: list[CopyRow]) -> StoryRow:
    return StoryRow(
        id=row.pk,
        version=row.version,
        case_id=row.case_id,
        person_id=row.person_id,
        state=row.state,
        state_words=row.moves.words[row.state],
        story=StoryWords(row.title, row.called, row.words, tuple(row.tags)),
        author_id=row.author_id,
        author=row.author.name,
        checked_by=row.checked_by.name if row.checked_by else "",
        checked_at=row.checked_at,
        check_note=row.check_note,
        consents=tuple(_consent(use, consents.get(use.value)) for use in StoryUse),
        copies=tuple(copies),
    )


def _consent(use: StoryUse, said: StoryConsent | None) -> ConsentRow:
    if said is None:
        return ConsentRow(use.value, str(use.label), None)
    return ConsentRow(use.value, str(use.label), said.agreed, said.get_how_display(), said.created_at)
