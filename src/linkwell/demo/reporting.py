"""What a made-up lead does at the end of a month: list sizes, a month signed off, entries in the GP record."""

import datetime as dt

import time_machine

from linkwell.casework import queries as cases
from linkwell.casework.actions.record_copies import enter_in_record
from linkwell.demo.place import DemoPlace
from linkwell.demo.player import PRACTICES
from linkwell.impact import actions, queries
from linkwell.impact.months import Month
from linkwell.kernel import clock

SIZES = (9_200, 6_400, 12_100)


def report(place: DemoPlace) -> None:
    """Once for a place: the month before last is signed off; last month waits for somebody to."""
    signed = Month.last_whole().before
    if queries.signed_off(place.lead, signed):
        return
    with time_machine.travel(clock.at(signed.after.first, dt.time(10)), tick=True):
        for practice, people in zip(PRACTICES, SIZES, strict=True):
            actions.say_list_size(scope=place.lead, practice=practice, people=people, counted_on=signed.first)
        actions.sign_off(scope=place.lead, month=signed, note="Made up, like everything here.")
    for worker in place.workers[:1]:
        if worker.user_id is None:
            continue
        spoken = [each for each in cases.caseload(worker, worker.user_id).rows if each.first_spoken_at]
        for each in spoken[: len(spoken) // 2]:
            enter_in_record(scope=worker, kind="first", object_id=each.id, initials="SO", entered_on=clock.today())
