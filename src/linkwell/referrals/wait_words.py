"""How long people wait for a first conversation, as honestly as it can be said. No database.

A range and never a promise: nine in ten of those who asked were reached by the longer end. The shorter end is rounded
down and the longer end up, so that nobody is told too short a time.
"""

import datetime as dt

from linkwell.accounts.rules import Rules
from linkwell.kernel import words
from linkwell.kernel.tongue import say
from linkwell.kernel.waits import Waits


def wait_words(wait: Waits | None, rules: Rules) -> str:
    """One or two sentences, in the language we speak."""
    if wait is None or _too_few(wait, rules):
        return say("We do not know yet how long people wait to talk with a link worker. Too few have been through.")
    if wait.half is None:
        return say(
            "Many people are waiting to talk with a link worker. "
            "More than half of those who asked in the last %(weeks)s wait still."
        ) % {"weeks": words.weeks(rules.wait_weeks)}
    most, half = _most(wait), words.at_most(wait.half)
    if wait.half == 0 or (wait.longest is not None and half == words.at_most(wait.longest)):
        return most
    halves = say("Half wait %(half)s or less.") % {"half": half}
    return f"{most} {halves}"


def longest_told(wait: Waits | None, rules: Rules) -> dt.timedelta | None:
    """The time that most people wait at most, for a message; None where that cannot be said, or is today."""
    if wait is None or _too_few(wait, rules) or not wait.longest:
        return None
    return dt.timedelta(days=wait.longest)


def _too_few(wait: Waits, rules: Rules) -> bool:
    return wait.reached < rules.wait_least_people


def _most(wait: Waits) -> str:
    if wait.longest is None:
        if not wait.shortest:
            return say("Many people wait to talk with a link worker. Some wait longer than we can say yet.")
        return say(
            "Most people wait %(shortest)s or more to talk with a link worker. Some wait longer than we can say yet."
        ) % {"shortest": words.at_least(wait.shortest)}
    if wait.longest == 0:
        return say("Most people talk with a link worker on the day they ask.")
    shortest, longest = words.at_least(wait.shortest or 0), words.at_most(wait.longest)
    if not wait.shortest:
        return say("Most people wait up to %(longest)s to talk with a link worker.") % {"longest": longest}
    if shortest == longest:
        return say("Most people wait about %(time)s to talk with a link worker.") % {"time": longest}
    return say("Most people wait between %(shortest)s and %(longest)s to talk with a link worker.") % {
        "shortest": shortest,
        "longest": longest,
    }
