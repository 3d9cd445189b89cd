"""The ready-for-home list of one stay, and the tick that the community can help."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from linkwell.accounts.queries.staff import colleagues
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.hospital.discharge_details import AskedAlone, ItemDetails
from linkwell.hospital.models import (
    Carer,
    CommunityHelp,
    FollowUp,
    HomeEvent,
    HomeEventKind,
    HomeItem,
    HomeList,
    HomeSafe,
    HomeThing,
    ThingState,
)
from linkwell.hospital.permissions import PLAN_GOING_HOME
from linkwell.hospital.queries.shown import planned_stay, shown_stay
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove, NotAllowed

LONGEST_ANSWER = 1000


@action(PLAN_GOING_HOME)
def tick_community_help(*, scope: Scope, stay_id: UUID, what: str, who: str = "") -> UUID:
    """Somebody says that for this stay the community can help, and with what. Raises Invalid.

    An earlier tick gives way. It is never worked out from a reason or a code.
    """
    what = _words(what, "what", 200)
    if not what:
        raise Invalid({"what": "Say what the community can do."})
    stay = planned_stay(scope, stay_id)
    list_of(scope, stay_id)
    _untick(scope, stay_id)
    made = CommunityHelp.objects.create(
        organisation_id=scope.organisation_id,
        stay=stay,
        action=what,
        who=_words(who, "who", 120),
        ticked_at=clock.now(),
        ticked_by_id=acting(scope),
    )
    audit.record(scope, "ticked", "community_help", made.pk, fields=("action", "who"))
    return made.pk


@action(PLAN_GOING_HOME)
def untick_community_help(*, scope: Scope, stay_id: UUID) -> None:
    """Take the tick away. Raises InvalidMove where there is none."""
    shown_stay(scope, stay_id)
    if not _untick(scope, stay_id):
        raise InvalidMove("This is not ticked.")
    audit.record(scope, "unticked", "stay", stay_id)


def _untick(scope: Scope, stay_id: UUID) -> int:
    rows = CommunityHelp.objects.filter(organisation_id=scope.organisation_id, stay_id=stay_id, ended_at=None)
    return rows.update(ended_at=clock.now(), ended_by_id=acting(scope))


@action(PLAN_GOING_HOME)
def save_home_list(
    *,
    scope: Scope,
    stay_id: UUID,
    expected_version: int,
    items: Iterable[ItemDetails],
    support_ready: bool | None,
    owner_id: UUID | None = None,
) -> None:
    """What is needed or in place, who does it, by when; whether support is in place; who follows up.

    `expected_version` is 0 for a list nobody has written on. Raises Invalid and Conflict.
    """
    given = tuple(items)
    _check(given)
    home = _at_version(scope, stay_id, expected_version)
    _keep_items(home, given)
    home.support_ready = support_ready
    if owner_id is not None and owner_id != home.owner_id:
        if owner_id not in dict(colleagues(scope)):
            raise Invalid({"owner": "Choose somebody who works here."})
        home.owner_id = owner_id
        FollowUp.objects.filter(home_list=home, state="due").update(owner_id=owner_id)
    _changed(scope, home, ("items", "support_ready", "owner"))


def _keep_items(home: HomeList, given: tuple[ItemDetails, ...]) -> None:
    """What nobody has said of a thing any more is taken off."""
    unsaid = [each.thing for each in given if not each.answer]
    HomeItem.objects.filter(home_list=home, thing__in=unsaid).delete()
    rows = [
        HomeItem(
            organisation_id=home.organisation_id,
            home_list=home,
            thing=each.thing,
            answer=each.answer,
            who=each.who.strip(),
            by_day=each.by_day,
        )
        for each in given
        if each.answer
    ]
    HomeItem.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["home_list", "thing"],
        update_fields=["answer", "who", "by_day"],
    )


def _check(items: tuple[ItemDetails, ...]) -> None:
    problems = {}
    for each in items:
        if each.thing not in HomeThing.values or each.answer not in ("", *ThingState.values):
            problems[f"{each.thing}_answer"] = "Choose one of the answers on the page."
        elif not each.answer and (each.who.strip() or each.by_day):
            # Without an answer nothing is kept of it: what was typed would be lost.
            problems[f"{each.thing}_answer"] = "Choose an answer."
        if len(each.who) > 120:
            problems[f"{each.thing}_who"] = "This can be up to 120 characters."
    if problems:
        raise Invalid(problems)


@action(PLAN_GOING_HOME)
def record_asked_alone(*, scope: Scope, stay_id: UUID, expected_version: int, said: AskedAlone) -> None:
    """What the person said when nobody else was there. Raises Invalid and Conflict."""
    problems = {}
    if said.home_safe not in HomeSafe.values:
        problems["home_safe"] = "Say whether home is safe."
    if said.carer not in Carer.values:
        problems["carer"] = "Say whether the carer is willing and able."
    if problems:
        raise Invalid(problems)
    home = _at_version(scope, stay_id, expected_version)
    home.involve = _words(said.involve, "involve", LONGEST_ANSWER)
    home.must_not_tell = _words(said.must_not_tell, "must_not_tell", LONGEST_ANSWER)
    home.home_safe, home.carer = said.home_safe, said.carer
    home.asked_at, home.asked_by_id = clock.now(), acting(scope)
    _changed(scope, home, ("involve", "must_not_tell", "home_safe", "carer", "asked_at", "asked_by"))


@action(PLAN_GOING_HOME)
def record_home_event(*, scope: Scope, stay_id: UUID, kind: str, happened_at: dt.datetime, who: str) -> UUID:
    """A visit at the bedside or a warm handover, that has been; sent twice by one person it is one. Raises Invalid."""
    problems = {}
    if kind not in HomeEventKind.values:
        problems["kind"] = "Choose what happened."
    if happened_at > clock.now():
        problems["day"] = "This is still to come."
    who = _words(who, "who", 120)
    if not who:
        problems["who"] = "Say who it was."
    if problems:
        raise Invalid(problems)
    # The list is locked, so the same form sent twice at once waits here for the first.
    made, new = HomeEvent.objects.get_or_create(
        organisation_id=scope.organisation_id,
        home_list=list_of(scope, stay_id),
        kind=kind,
        happened_at=happened_at,
        who=who,
        recorded_by_id=acting(scope),
    )
    fields = ("kind", "happened_at", "who") if new else ()
    audit.record(scope, "added" if new else "sent again", "home_event", made.pk, fields=fields)
    return made.pk


def acting(scope: Scope) -> UUID:
    """Who acts: somebody with a name, never a job."""
    if scope.user_id is None:
        raise NotAllowed("Somebody of the hospital has to do this.")
    return scope.user_id


def list_of(scope: Scope, stay_id: UUID) -> HomeList:
    """The list of a stay, locked, made if need be. Raises NotFound, and InvalidMove for somebody who has died."""
    stay = planned_stay(scope, stay_id)
    home, _ = HomeList.objects.select_for_update(of=("self",)).get_or_create(
        organisation_id=scope.organisation_id, stay=stay, defaults={"owner_id": acting(scope)}
    )
    return home


def _at_version(scope: Scope, stay_id: UUID, expected_version: int) -> HomeList:
    known = HomeList.objects.filter(organisation_id=scope.organisation_id, stay_id=stay_id).exists()
    home = list_of(scope, stay_id)
    if expected_version != (home.version if known else 0):
        raise Conflict()
    return home


def _changed(scope: Scope, home: HomeList, fields: tuple[str, ...]) -> None:
    home.version += 1
    home.save()
    audit.record(scope, "changed", "home_list", home.pk, fields=fields)


def _words(value: str, field: str, longest: int) -> str:
    clean = value.replace("\x00", "").strip()
    if len(clean) > longest:
        raise Invalid({field: f"This can be up to {longest:,} characters."})
    return clean
