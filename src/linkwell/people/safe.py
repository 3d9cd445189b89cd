"""Which answer about safe contact stands. Pure: rows in order of time go in, what counts comes out.

A no from anyone stands until the person, asked alone, says yes. A yes counts only from the person, asked alone;
any other yes is shown as not confirmed and opens nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from linkwell.people.details import CHANNELS, ContactRow, SafeAnswers

UNKNOWN = SafeAnswers()


def fold(rows: Iterable[SafeAnswers], start: SafeAnswers = UNKNOWN) -> SafeAnswers:
    """What stands after these answers, oldest first."""
    stands = start
    for row in rows:
        stands = _after(stands, row)
    return stands


def _after(stands: SafeAnswers, new: SafeAnswers) -> SafeAnswers:
    alone = new.from_the_person_alone
    answers: dict[str, Any] = {}
    confirmed = set(stands.confirmed)
    for channel in CHANNELS:
        answers[channel], sure = _channel(stands, new, channel)
        (confirmed.add if sure else confirmed.discard)(channel)
    return SafeAnswers(
        **answers,
        best_times=new.best_times if alone else new.best_times or stands.best_times,
        instructions=_instructions(stands.instructions, new),
        confirmed=frozenset(confirmed),
        asked_alone=alone or stands.asked_alone,
        told_by="person" if alone or stands.told_by == "person" else new.told_by,
    )


def _channel(stands: SafeAnswers, new: SafeAnswers, channel: str) -> tuple[bool | None, bool]:
    """The answer of one channel that stands now, and whether the person gave it alone."""
    before, after = stands.answer(channel), new.answer(channel)
    sure = channel in stands.confirmed
    if after is False:
        return False, new.from_the_person_alone or (before is False and sure)
    if new.from_the_person_alone:
        if after is None and before is False:
            return False, sure
        return after, after is not None
    if after is None or before is not None:
        return before, sure
    return True, False


def _instructions(before: tuple[str, ...], new: SafeAnswers) -> tuple[str, ...]:
    said = tuple(each for each in (new.instruction.strip(),) if each)
    if new.from_the_person_alone:
        return said
    return before + tuple(each for each in said if each not in before)


def most_restrictive(all_answers: Sequence[SafeAnswers]) -> SafeAnswers:
    """What stands for records that are one person: a no of any wins, then not asked, then yes.

    Records on which nobody ever recorded an answer are to be left out by the caller: they say nothing.
    """
    if len(all_answers) < 2:
        return all_answers[0] if all_answers else UNKNOWN
    answers: dict[str, Any] = {channel: _least(each.answer(channel) for each in all_answers) for channel in CHANNELS}
    confirmed = frozenset(
        channel
        for channel in CHANNELS
        if answers[channel] is not None
        and all(channel in each.confirmed for each in all_answers if each.answer(channel) is answers[channel])
    )
    instructions = tuple(dict.fromkeys(line for each in all_answers for line in each.instructions))
    times = next((each.best_times for each in reversed(all_answers) if each.best_times), "")
    alone = all(each.asked_alone for each in all_answers)
    return replace(
        SafeAnswers(**answers),
        confirmed=confirmed,
        instructions=instructions,
        best_times=times,
        asked_alone=alone,
        told_by="person" if alone else "referrer",
    )


def _least(answers: Iterable[bool | None]) -> bool | None:
    found = set(answers)
    if False in found:
        return False
    return None if None in found else True


def not_yet_usable(answers: SafeAnswers, contacts: Iterable[ContactRow]) -> tuple[str, ...]:
    """Ways they said are safe, for which they have not confirmed any number or address: nothing is sent by these."""
    sure = {row.kind for row in contacts if row.confirmed}
    needs = {"text": ("mobile", "Send no texts: no mobile number is confirmed")}
    needs["email"] = ("email", "Send no e-mail: no e-mail address is confirmed")
    return tuple(line for way, (kind, line) in needs.items() if allowed(answers, way) and kind not in sure)


def allowed(answers: SafeAnswers, channel: str) -> bool:
    """Whether the person, asked alone, said yes to this channel."""
    return answers.answer(channel) is True and channel in answers.confirmed
