from uuid import UUID

from django.conf import settings
from django.urls import reverse

from linkwell.accounts.queries import user_email
from linkwell.core import outbox
from linkwell.core.scope import Scope
from linkwell.kernel.errors import NotFound
from linkwell.messaging.actions import send
from linkwell.tasks.actions import drop_for_death
from linkwell.tasks.queries import task


@outbox.handles("task.escalated")
def tell_the_second_person(scope: Scope, object_id: UUID) -> None:
    """Say that an urgent task is now theirs, with no word of what it is about."""
    passed_on = task(scope, object_id)
    if passed_on is None or passed_on.owner_id is None:
        return
    try:
        address = user_email(passed_on.owner_id)
    except NotFound:
        return
    send(
        scope=scope,
        audience="staff",
        template="staff_danger_second",
        values={"link": f"{settings.ADDRESS}{reverse('tasks:list')}"},
        about_kind="task",
        about_id=object_id,
        once_key=f"urgent:{object_id}:second:{passed_on.version}",
        address=address,
    )


@outbox.handles("person.died")
def nobody_rings_them(scope: Scope, object_id: UUID) -> None:
    drop_for_death(scope=scope, death_id=object_id)
