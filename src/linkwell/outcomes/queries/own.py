"""What somebody sees behind a link of their own."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from linkwell.accounts import queries as accounts
from linkwell.casework.queries import ways_to_write
from linkwell.core import audit
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.tongue import Tongue
from linkwell.measures.pack import Pack
from linkwell.onward.links import hashed
from linkwell.outcomes.details import ResponseRow
from linkwell.outcomes.models import OwnLink, SentQuestionnaire
from linkwell.outcomes.permissions import SEE_ANSWERS
from linkwell.outcomes.queries import packs
from linkwell.outcomes.queries.answers import responses_of
from linkwell.people import queries as people

# How long their own answers stay readable behind the link that gave them.
SHOWN_AFTER = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class OpenedOwn:
    """A link of somebody's own that can still be answered, or was a moment ago."""

    id: UUID
    organisation_id: UUID
    sent_id: UUID
    used: bool


@dataclass(frozen=True, slots=True)
class OwnQuestions:
    """`answered` is what they answered by this link; `before` everything of this questionnaire, that included."""

    pack: Pack
    tongue: Tongue
    phone: str
    answered: ResponseRow | None
    before: tuple[ResponseRow, ...]


def opened_own(token: str) -> OpenedOwn | None:
    """Before any scope exists. Looking changes nothing: mail scanners look too."""
    found = OwnLink.objects.filter(token_hash=hashed(token)).first()
    if found is None:
        return None
    now = clock.now()
    still = found.used_at + SHOWN_AFTER > now if found.used_at else found.expires_at > now
    return OpenedOwn(found.pk, found.organisation_id, found.object_id, found.used_at is not None) if still else None


@query(SEE_ANSWERS, opening=True)
def own_questions(scope: Scope, sent_id: UUID) -> OwnQuestions | None:
    """None where it is not theirs to answer any more: they have died, said no, or may not safely be written to."""
    row = (
        SentQuestionnaire.objects.select_related("case")
        .filter(organisation_id=scope.organisation_id, pk=sent_id)
        .first()
    )
    if row is None or not _may_be_shown(scope, row.person_id):
        return None
    audit.record_opening(scope, "sent_questionnaire", row.pk, person_id=row.person_id)
    key = (row.pack, row.pack_version)
    before = [each for each in responses_of(scope, [row.person_id]) if each.pack.name == row.pack]
    return OwnQuestions(
        pack=packs.packs_as_asked(scope.organisation_id, {key})[key],
        tongue=people.tongue_of(scope, row.person_id),
        phone=accounts.team(row.case.team_id).phone,
        answered=next((each for each in before if each.id == row.response_id), None),
        before=tuple(before),
    )


def _may_be_shown(scope: Scope, person_id: UUID) -> bool:
    if people.has_died(scope, person_id):
        return False
    said = people.agreement(scope, person_id, "support")
    if said is not None and not said.agreed:
        return False
    return bool({"text", "email"} & ways_to_write(scope, person_id))
