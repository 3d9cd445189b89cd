"""What several actions of onward share. Called only from inside an action."""

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from linkwell.accounts import queries as accounts
from linkwell.core import states
from linkwell.core.scope import Scope
from linkwell.kernel import clock, words, working_days
from linkwell.kernel.errors import NotFound
from linkwell.messaging.actions import send
from linkwell.messaging.models import Message
from linkwell.onward.links import LIFE, hashed, new_token
from linkwell.onward.models import AnswerLink, OnwardReferral
from linkwell.tasks.actions import open_task


def lock_onward(scope: Scope, onward_id: UUID, *, expected_version: int | None = None) -> OnwardReferral:
    """The onward referral for this transaction; a link may lock only its own."""
    row = states.lock(OnwardReferral, onward_id, expected_version=expected_version)
    if row.organisation_id != scope.organisation_id or scope.object_id not in (None, row.pk):
        raise NotFound
    return row


def new_link(row: OnwardReferral) -> str:
    """The address of a new link to answer from. Earlier links keep working until it ends."""
    token = new_token()
    AnswerLink.objects.create(
        token_hash=hashed(token),
        organisation_id=row.organisation_id,
        onward_referral_id=row.pk,
        purpose="answer",
        expires_at=clock.now() + LIFE,
    )
    return settings.ADDRESS + reverse("onward:answer", kwargs={"token": token})


def close_links(row: OnwardReferral) -> None:
    """Nothing more can be answered from any link of this onward referral."""
    AnswerLink.objects.filter(onward_referral_id=row.pk, closed_at=None).update(closed_at=clock.now())


def write_to_group(scope: Scope, row: OnwardReferral, template: str, once: str) -> bool:
    """An e-mail to the group, with a link of its own. It holds no name, no need and no service.

    False when this was written before: then nothing is, and no link is made that nobody has.
    """
    once_key = f"onward:{row.pk}:{once}"
    if Message.objects.filter(organisation_id=scope.organisation_id, once_key=once_key).exists():
        return False
    send(
        scope=scope,
        audience="group",
        template=template,
        values=_values(template, row),
        about_kind="onward_referral",
        about_id=row.pk,
        once_key=once_key,
        address=row.group_email,
    )
    return True


def _values(template: str, row: OnwardReferral) -> dict[str, str]:
    if template in {"group_withdrawn", "group_not_coming"}:
        return {}
    values = {"link": new_link(row)}
    if template in {"group_asked", "group_reminder"}:
        values["when"] = words.written_date(row.overdue_on)
    return values


def answer_by(row: OnwardReferral, day: dt.date) -> dt.date:
    """By when an answer is hoped for, counted in the team's working days."""
    team = accounts.team(row.case.team_id)
    return working_days.add_working_days(day, team.answer_working_days, working_days.Nation(team.nation))


def task_for_worker(scope: Scope, row: OnwardReferral, kind: str, title: str, *, urgent: bool = False) -> None:
    open_task(
        scope=scope,
        team_id=row.case.team_id,
        owner_id=row.worker_id,
        kind=kind,
        title=title,
        about_kind="onward_referral",
        about_id=row.pk,
        due_on=clock.today(),
        urgent=urgent,
        person_id=row.person_id,
    )
