"""The limits a group set on referrals to it, kept whenever somebody is referred. Called inside an action or query."""

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from linkwell.core.scope import Scope
from linkwell.directory.fitting import ages_words, in_areas
from linkwell.directory.models import Limits
from linkwell.directory.queries.listing import limits_of
from linkwell.directory.queries.same import listings_of
from linkwell.kernel import clock, words
from linkwell.kernel.codes import NEEDS
from linkwell.onward.models import OnwardReferral
from linkwell.people import queries as people

_NEED_WORDS = {each.code: str(each.plain).lower() for each in NEEDS}


def lock_limits(scope: Scope, service_id: UUID) -> None:
    """Two who refer at the same moment come one after the other, so that the last place of a week is given once."""
    limits = Limits.objects.filter(organisation_id=scope.organisation_id, service__in=listings_of(service_id))
    list(limits.select_for_update().order_by("pk"))


def outside_limits(scope: Scope, service_id: UUID, person_id: UUID, needs: Collection[str] = ()) -> tuple[str, ...]:
    """Which limits a referral of this person would break, each as a sentence that says nothing of the person.

    What is not known of somebody breaks no limit: the group can still say no.
    """
    limits = limits_of(service_id)
    if limits is None or limits.organisation_id != scope.organisation_id:
        return ()
    found = (
        _week(limits, service_id),
        _ages(scope, limits, person_id),
        _area(scope, limits, person_id),
        _needs(limits, needs),
    )
    return tuple(filter(None, found))


def _week(limits: Limits, service_id: UUID) -> str:
    if limits.a_week is None:
        return ""
    today = clock.today()
    monday = today - dt.timedelta(days=today.weekday())
    sent = OnwardReferral.objects.filter(
        organisation_id=limits.organisation_id,
        service__in=listings_of(service_id),
        sent_at__gte=clock.at(monday, dt.time(0)),
    ).exclude(state="withdrawn")
    if sent.count() < limits.a_week:
        return ""
    if limits.a_week == 0:
        return "They take no referrals at the moment."
    at_most = words.counted(limits.a_week, "referral")
    after = words.written_date(monday + dt.timedelta(days=7))
    return f"They take at most {at_most} a week and are full this week. The next place is on {after}."


def _ages(scope: Scope, limits: Limits, person_id: UUID) -> str:
    if limits.minimum_age is None and limits.maximum_age is None:
        return ""
    age = people.banner(scope, person_id).age
    inside = age is None or (limits.minimum_age or 0) <= age <= (limits.maximum_age or 200)
    return "" if inside else f"They take referrals of people {ages_words(limits.minimum_age, limits.maximum_age)}."


def _area(scope: Scope, limits: Limits, person_id: UUID) -> str:
    home = people.search_place(scope, person_id) if limits.areas else ""
    if not home or in_areas(home, limits.areas) is not False:
        return ""
    return f"They take referrals of people who live in {words.joined(limits.areas, last='or')}."


def _needs(limits: Limits, needs: Collection[str]) -> str:
    if not limits.needs or not needs or set(needs) & set(limits.needs):
        return ""
    taken = words.joined([_NEED_WORDS.get(each, each) for each in limits.needs], last="or")
    return f"They take referrals about {taken}."
