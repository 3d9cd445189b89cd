"""When recorded scores were used, so that whoever recorded them hears of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from linkwell.accounts.models import Team
from linkwell.core.held import HeldModel
from linkwell.core.row_security import APPEND_ONLY, RowSecurity


class ResultUse(HeldModel):
    """On a day, results of a period went to somebody. Of one team, or of the whole organisation."""

    row_security: ClassVar[RowSecurity] = APPEND_ONLY

    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    to_whom = models.CharField(max_length=120)
    what = models.CharField(max_length=200)
    used_on = models.DateField()
    from_on = models.DateField()
    to_on = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(from_on__lte=F("to_on")), name="result_use_period"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "-used_on"], name="result_use_newest")]
