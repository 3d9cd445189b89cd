"""A link to a questionnaire, sent where the person said that is safe, and what they answer by it."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from linkwell.casework.models import Case
from linkwell.core import audit, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotAllowed, NotFound
from linkwell.messaging.actions import send
from linkwell.messaging.models import Message
from linkwell.onward.links import hashed, new_token
from linkwell.outcomes.actions.recording import case_of, keep
from linkwell.outcomes.details import Answered
from linkwell.outcomes.models import How, Occasion, OwnLink, SentQuestionnaire
from linkwell.outcomes.permissions import ANSWER_OWN, ASK
from linkwell.outcomes.queries import packs
from linkwell.people import queries as people

# After this nobody asks any more how somebody was on that day.
LINK_LIFE = timedelta(days=14)
NOT_BY_LINK = "This is not answered alone here. Ask it when you are with them."


@action(ASK)
def send_questionnaire(*, scope: Scope, case_id: UUID, pack: str, occasion: str) -> UUID:
    """Write to the person that there is something for them, by a way they said is safe; the message says no more.

    An earlier link of this support stops working. Raises Invalid, and sends nothing, where no way is safe, and for a
    questionnaire that is not answered alone here; InvalidMove for somebody who has died; NotFound.
    """
    if scope.user_id is None or occasion not in Occasion.values:
        raise NotAllowed
    case = case_of(scope, case_id)
    people.check_alive(scope, case.person_id)
    found = packs.pack_here(scope.organisation_id, pack)
    if not packs.by_link(found, packs.asking_of(scope.organisation_id)):
        raise Invalid({"": NOT_BY_LINK})
    _close_links(scope, case)
    row = SentQuestionnaire.objects.create(
        organisation_id=scope.organisation_id,
        case=case,
        person_id=case.person_id,
        pack=found.name,
        pack_version=found.version,
        occasion=occasion,
        sent_by_id=scope.user_id,
    )
    _write(scope, row, new_own_link(row))
    audit.record(scope, "sent", "sent_questionnaire", row.pk, person_id=case.person_id, fields=("pack", "occasion"))
    line = timeline.Line(case.person_id, "answers", f"Sent to answer alone: {found.title}")
    timeline.record(scope, line, object_kind="sent_questionnaire", object_id=row.pk)
    return row.pk


def new_own_link(row: SentQuestionnaire) -> str:
    """The address of a new link. Called inside an action."""
    token = new_token()
    OwnLink.objects.create(
        token_hash=hashed(token),
        organisation_id=row.organisation_id,
        object_id=row.pk,
        expires_at=clock.now() + LINK_LIFE,
    )
    return settings.ADDRESS + reverse("own:answer", kwargs={"own_token": token})


def _close_links(scope: Scope, case: Case) -> None:
    sent = SentQuestionnaire.objects.filter(organisation_id=scope.organisation_id, case=case, response=None)
    links = OwnLink.objects.filter(organisation_id=scope.organisation_id, object_id__in=sent.values("pk"))
    links.filter(expires_at__gt=clock.now()).update(expires_at=clock.now())


def _write(scope: Scope, row: SentQuestionnaire, address: str) -> None:
    message_id = send(
        scope=scope,
        audience="person",
        template="person_link",
        values={"link": address},
        about_kind="sent_questionnaire",
        about_id=row.pk,
        once_key=f"questionnaire:{row.pk}",
        person_id=row.person_id,
    )
    message = Message.objects.get(pk=message_id)
    if message.state == "held":
        raise Invalid({"": f"{message.held_reason} Nothing was sent: ask them when you are with them."})


@action(ANSWER_OWN)
def answer_own(*, scope: Scope, answers: Mapping[str, int | None]) -> UUID:
    """What somebody answered alone, by the link of this scope, which works once. Raises Invalid, NotFound."""
    link_id, sent_id = scope.link
    link = OwnLink.objects.select_for_update().filter(pk=link_id, used_at=None, expires_at__gt=clock.now()).first()
    row = SentQuestionnaire.objects.filter(organisation_id=scope.organisation_id, pk=sent_id, response=None).first()
    if link is None or row is None:
        raise NotFound
    key = (row.pack, row.pack_version)
    pack = packs.packs_as_asked(scope.organisation_id, {key})[key]
    given = Answered(row.pack, row.occasion, How.ALONE, answers, clock.today())
    row.response = keep(scope, case_of(scope, row.case_id), pack, given)
    row.save(update_fields=["response"])
    link.used_at = clock.now()
    link.save(update_fields=["used_at"])
    return row.response.pk
