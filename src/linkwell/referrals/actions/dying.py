"""A referral that waits, and is about somebody who has died."""

from uuid import UUID

from linkwell.accounts.queries import team
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.referrals.models import Referral
from linkwell.tasks.actions import ever_opened, finish_tasks_about, open_task
from linkwell.tasks.permissions import LEAVE_TASK

DEATH_TASK = "death_referral"
WAITING = ("received", "asked")


def ask_to_look(scope: Scope, referral_id: UUID, team_id: UUID, reference: str) -> None:
    """It comes before the team's duty person, before anybody rings. Called inside an action or job."""
    open_task(
        scope=scope,
        team_id=team_id,
        owner_id=team(team_id).duty_user_id,
        kind=DEATH_TASK,
        title=f"Look at referral {reference} before anybody rings",
        about_kind="referral",
        about_id=referral_id,
        due_on=clock.today(),
        urgent=True,
    )


@action(LEAVE_TASK)
def sender_says_died(*, scope: Scope, referral_id: UUID, died: bool) -> None:
    """Whoever sent it says that the person has died, or takes that back. Asked once; nothing once it was decided."""
    audit.record(scope, "looked_at_death", "referral", referral_id)
    mine = Referral.objects.filter(organisation_id=scope.organisation_id, pk=referral_id, state__in=WAITING)
    found = mine.values_list("team_id", "reference").first()
    asked = ever_opened(scope, DEATH_TASK, referral_id)
    if asked and not died:
        finish_tasks_about(scope=scope, about_id=referral_id, kind=DEATH_TASK)
    elif died and found is not None and not asked:
        ask_to_look(scope, referral_id, *found)
