"""Everything somebody may have of their own record: the copy, what others told us and what was decided about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from linkwell.casework.queries.files import files_of_case
from linkwell.core import audit
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.documents.rendering import Layout
from linkwell.journey.permissions import COPY_RECORD
from linkwell.journey.queries.record import RecordCopy, Support, record_copy
from linkwell.messaging import queries as messaging
from linkwell.people import queries as people
from linkwell.people.details import RelatedRow
from linkwell.people.queries.statements import ChoiceRow, StatementRow, statements, third_party_choices
from linkwell.referrals.rows import ReferralRow

FILE = "attachment"


@dataclass(frozen=True, slots=True)
class Told:
    """Something somebody else told us. It goes into the copy only where somebody decided so."""

    kind: str
    id: UUID
    title: str
    at: datetime | None
    text: str
    choice: ChoiceRow | None

    @property
    def included(self) -> bool:
        return self.choice is not None and self.choice.include


@dataclass(frozen=True, slots=True)
class Whole:
    """The copy, what the person says of it, all that others told us, and the print they like to read."""

    copy: RecordCopy
    statements: tuple[StatementRow, ...]
    told: tuple[Told, ...]
    layout: Layout = Layout.STANDARD


@query(COPY_RECORD, opening=True)
def whole_record(scope: Scope, person_id: UUID) -> Whole:
    """An opening of its own. Safeguarding is no part of it: those who handle it decide apart. Raises NotFound."""
    copy = record_copy(scope, person_id)
    audit.record_opening(scope, "subject_access", person_id, person_id=person_id)
    choices = third_party_choices(scope, person_id)
    told = [*_around(people.related_contacts(scope, person_id), choices)]
    for each in copy.support:
        told += _in_support(scope, each, choices, restricted=copy.card.restricted)
    return Whole(copy, statements(scope, person_id), tuple(told), people.layout_for(scope, person_id))


def _around(rows: tuple[RelatedRow, ...], choices: dict[UUID, ChoiceRow]) -> Iterator[Told]:
    for row in rows:
        text = ", ".join(part for part in (row.details.name, row.details.relationship, row.phone_shown) if part)
        yield Told("related_contact", row.id, "Somebody around them", None, text, choices.get(row.id))


def _with_the_referrer(referral: ReferralRow, choices: dict[UUID, ChoiceRow]) -> Iterator[Told]:
    """What was said about them between the team and whoever referred them."""
    sender = referral.details.referrer_name or "whoever referred them"
    for post in referral.answers:
        if post.text and post.kind in ("answer", "question", "message"):
            title = f"What {sender} wrote to us" if post.kind == "answer" else f"What we wrote to {sender}"
            yield Told("referral_answer", post.id, title, post.at, post.text, choices.get(post.id))


def _in_support(scope: Scope, each: Support, choices: dict[UUID, ChoiceRow], *, restricted: bool) -> Iterator[Told]:
    referral = each.referral
    if referral is not None and referral.details.source == "relative" and referral.details.why:
        title = f"What {referral.details.referrer_name or 'a relative or friend'} wrote when they asked for them"
        yield Told("referral", referral.id, title, referral.received_at, referral.details.why, choices.get(referral.id))
    for row in each.conversations:
        if row.newest_third_party_note:
            title = f"What somebody else said ({row.kind_words.lower()})"
            yield Told("interaction", row.id, title, row.happened_at, row.newest_third_party_note, choices.get(row.id))
    if referral is not None:
        yield from _with_the_referrer(referral, choices)
    for file in files_of_case(scope, each.case.id, restricted=restricted):
        said = f"{file.name}, {file.kind_words}, attached by {file.added_by}"
        yield Told(FILE, file.id, "A file", file.added_at, said, choices.get(file.id))
    threads = messaging.threads(scope, [sent.id for sent in each.onward])
    for sent in each.onward:
        for post in threads.get(sent.id, ()):
            if post.author_kind != "user":
                title = f"What {sent.service_name} wrote"
                yield Told("thread_post", post.id, title, post.at, post.text, choices.get(post.id))
