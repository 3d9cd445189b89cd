"""In which weeks the hospital said who was ready to go home. Of any other week nothing is known: not even nought."""

import datetime as dt

from django.db.models import Q
from django.db.models.functions import TruncWeek

from linkwell.core.scope import Scope
from linkwell.hospital.models import Decision, FeedKind, ListRun
from linkwell.kernel import clock

_WEEK = dt.timedelta(weeks=1)


def weeks_heard(scope: Scope) -> frozenset[dt.date]:
    """The Mondays of the weeks in which a ready-to-go-home list was written that we took. Called inside a query.

    The week that is not over is among them where a list was written in the seven days until now.
    """
    rows = ListRun.objects.filter(organisation_id=scope.organisation_id, feed__kind=FeedKind.READY_LIST)
    taken = rows.filter(Q(held_reason="") | Q(decision=Decision.LOADED))
    mondays = taken.annotate(monday=TruncWeek("as_at", tzinfo=clock.LONDON)).order_by()
    found = {moment.date() for moment in mondays.values_list("monday", flat=True).distinct()}
    if taken.filter(as_at__gt=clock.now() - _WEEK).exists():
        today = clock.today()
        found.add(today - dt.timedelta(days=today.weekday()))
    return frozenset(found)
