"""Every number of the monthly report: what it is called, how it was counted, and the question behind it.

`source` names a question in `queries.sources`; `where` and `key` are conditions over its columns. A number is the
count of the rows for which `where` holds; with a `key` it is counted for each value of it. The words are printed
under the number, so a change here is a change of what the reader is told.
"""

from dataclasses import dataclass
from typing import Literal

Amount = Literal["", "most", "sum"]


@dataclass(frozen=True, slots=True)
class Number:
    """One number. `amount` is for the few that are not a count: the most, or the sum, of the rows' amounts."""

    code: str
    label: str
    counted: str
    source: str
    where: str = "TRUE"
    key: str = ""
    amount: Amount = ""
    unit: str = ""
    # Not a line of its own: it is part of a share, and opens its list from there.
    own_line: bool = True


@dataclass(frozen=True, slots=True)
class Share:
    """One number as a part of another. `later` is a number told apart, because it can be in neither yet."""

    label: str
    counted: str
    part: str
    of: str
    later: str = ""


@dataclass(frozen=True, slots=True)
class PerSize:
    """One number for so many of something: people on a practice list, or full-time posts."""

    label: str
    counted: str
    part: str
    per: Literal["thousand", "full_time"]


Line = Number | Share | PerSize


@dataclass(frozen=True, slots=True)
class Block:
    """A table of the report. `empty` says where its numbers come from while there are none."""

    title: str
    lines: tuple[Line, ...]
    empty: str


REFERRALS = Block(
    "Referrals",
    (
        Number(
            "received", "Referrals received", "Every referral that came in this month, by whatever way.", "received"
        ),
        PerSize(
            "Referrals for each 1,000 people on the practice list",
            "Referrals received from people of this practice, divided by the newest list size before the end of the "
            "month. Without a list size there is no rate.",
            "received",
            "thousand",
        ),
        Number(
            "accepted",
            "Accepted",
            "Referrals accepted this month, whenever they came in.",
            "decided",
            "state = 'accepted'",
        ),
        Number(
            "declined",
            "Could not be taken, by reason",
            "Referrals that we said this month we could not take, whenever they came in.",
            "decided",
            "state = 'declined'",
            "decline_reason",
        ),
        Number(
            "joined",
            "Added to support they already had",
            "Referrals decided this month that were about somebody the team was supporting. They begin no new support.",
            "decided",
            "state = 'joined'",
        ),
        Number(
            "withdrawn",
            "Taken back by whoever sent them",
            "Referrals taken back this month before anybody decided.",
            "decided",
            "state = 'withdrawn'",
        ),
        Number(
            "needs_referred",
            "What the referrals were about",
            "Each need ticked on a referral received this month. One referral can have several.",
            "needs_referred",
            key="need",
        ),
    ),
    "Referrals arrive from professionals, and from people themselves.",
)
WAITING = Block(
    "Waiting, at the end of the month",
    (
        Number(
            "waiting",
            "People waiting",
            "Referrals nobody had decided about, and people accepted who had no link worker yet, at the end of the "
            "month.",
            "standing",
            "waiting_for <> ''",
            "waiting_for",
            unit="days",
        ),
        Number(
            "longest_wait",
            "Longest wait",
            "Whole days from the day the referral came in to the end of the month, for whoever had waited longest.",
            "standing",
            "waiting_for <> ''",
            amount="most",
            unit="days",
        ),
    ),
    "Nobody waited at the end of this month.",
)
CLOCKS = Block(
    "Time to reach people",
    (
        Share(
            "First try inside the target",
            "Of the referrals received this month: those where somebody first tried to reach the person within the "
            "target, out of those tried or past it. In working days, pauses left out, by the target of the team or of "
            "the commissioner. Not yet due: the day has not come, or support is paused. Referrals that ended in time "
            "without a try are in neither.",
            "first_try_inside",
            "first_try_due",
            "first_try_later",
        ),
        Share(
            "First conversation inside the target",
            "The same for the first conversation with the person.",
            "first_talk_inside",
            "first_talk_due",
            "first_talk_later",
        ),
        *(
            Number(
                f"first_{what}_{how}",
                f"{words}: {said}",
                "Counted as above.",
                "clocks",
                f"first_{what} {where}",
                own_line=own,
            )
            for what, words in (("try", "First try"), ("talk", "First conversation"))
            for how, said, where, own in (
                ("inside", "inside the target", "= 'inside'", False),
                ("missed", "past the target", "= 'missed'", True),
                ("due", "tried, or past the target", "IN ('inside', 'missed')", False),
                ("later", "not yet due", "IN ('not_yet_due', 'paused')", False),
            )
        ),
    ),
    "The clock starts on the day a referral comes in.",
)
SUPPORT = Block(
    "Support",
    (
        Number(
            "open",
            "People being supported at the end of the month, by where they had got to",
            "Support that had begun and had not ended at the end of the month, waiting and paused included.",
            "standing",
            "state <> ''",
            "state",
            unit="days",
        ),
        Number(
            "full_time",
            "Full-time posts",
            "Link workers in post at the end of the month: the hours a week of each, divided by a full week. Nobody "
            "counts as more than one; no hours recorded counts as full time.",
            "workers",
            amount="sum",
            unit="posts",
        ),
        PerSize(
            "People being supported for each full-time post",
            "People being supported at the end of the month, divided by full-time posts.",
            "open",
            "full_time",
        ),
        Number(
            "talked",
            "Conversations, by kind",
            "Conversations with the person that took place this month.",
            "interactions",
            "outcome = 'talked'",
            "kind",
        ),
        Number(
            "tried",
            "Tries without an answer, by kind",
            "Times somebody tried to reach the person this month and could not. A try is not a missed appointment.",
            "interactions",
            "outcome = 'tried'",
            "kind",
        ),
        Share(
            "Agreed appointments missed",
            "Of the appointments this month that had been agreed with the person and either happened or did not: "
            "those the person did not attend or was not brought to.",
            "missed",
            "agreed",
        ),
        Number(
            "missed",
            "Agreed appointments missed, by how",
            "Only a time agreed with the person can be missed.",
            "appointments",
            "state IN ('missed', 'not_brought')",
            "state",
        ),
        Number(
            "agreed",
            "Agreed appointments that happened or were missed",
            "Times agreed with the person for this month, without those moved or cancelled.",
            "appointments",
            "state IN ('happened', 'missed', 'not_brought')",
            own_line=False,
        ),
        Number(
            "needs_planned",
            "What people would like to change",
            "Each line added to a plan this month, by what it is about.",
            "needs_planned",
            key="need",
        ),
        Number(
            "closed",
            "Support that ended, by reason",
            "Support that ended this month and has not begun again. What was opened by mistake counts nowhere.",
            "closed",
            key="closing_reason",
        ),
    ),
    "Conversations, plans and endings are counted on the day they happened.",
)
ONWARD = Block(
    "Community groups and services",
    (
        Number("onward_made", "Onward referrals made", "Sent to a group this month.", "onward_made"),
        Number(
            "onward_accepted",
            "Onward referrals accepted",
            "The group first said yes this month, whenever it was asked. A yes is not yet somebody who came.",
            "onward_accepted",
        ),
        Number(
            "onward_attended",
            "Onward referrals where the person came",
            "The first day the group or the person said they came is in this month.",
            "onward_attended",
        ),
        Number(
            "signposts",
            "Signposts",
            "Times somebody was pointed to a group this month. Never counted as an onward referral.",
            "signposts",
        ),
    ),
    "Onward referrals have an answer and say whether the person came. Signposts do not, and are counted apart.",
)
TOGETHER = Block(
    "Sessions, clinics and meetings",
    (
        Number("sessions", "Sessions a worker ran", "Sessions planned for this month that took place.", "sessions"),
        Number(
            "session_came",
            "Visits of people we know",
            "People on the register of those sessions who came; somebody who came twice counts twice.",
            "session_came",
        ),
        Number(
            "session_walk_ins",
            "People who walked in",
            "People without a record who came to those sessions. They are counted, never named.",
            "sessions",
            amount="sum",
            unit="people",
        ),
        Number("clinics", "Clinics at practices", "Clinics of this month that took place.", "clinics"),
        Share(
            "Times in clinics used",
            "Of the times in those clinics: those somebody came to.",
            "clinic_times_used",
            "clinic_times",
        ),
        Number("clinic_times", "Times in clinics", "Counted as above.", "clinic_times", own_line=False),
        Number(
            "clinic_times_used",
            "Times in clinics used",
            "Counted as above.",
            "clinic_times",
            "state = 'used'",
            own_line=False,
        ),
        Number(
            "clinic_walk_ins",
            "People who walked in to clinics",
            "People without a time or a record who came to those clinics.",
            "clinics",
            amount="sum",
            unit="people",
        ),
        Number("meetings", "Meetings about people", "Meetings of this month that took place.", "meetings"),
        Number(
            "discussed",
            "People talked about in meetings",
            "People with a note of such a meeting, each counted once for the month.",
            "discussed",
        ),
    ),
    "Sessions a worker runs, clinics at a practice and meetings about people show up here once they took place.",
)
# What these sources count has a team, and neither a practice nor a referrer.
OF_TEAMS = frozenset({"workers", "sessions", "meetings"})
WHO = Block(
    "Who we do not know enough about",
    (
        Number(
            "people_accepted",
            "People accepted",
            "People whose support began this month. Records that somebody linked as one person count once.",
            "people_accepted",
        ),
        *(
            Share(
                f"{words} not recorded",
                f"Of the people accepted this month: those for whom {asked} is blank on every one of their records.",
                f"no_{code}",
                "people_accepted",
            )
            for code, words, asked in (
                ("ethnicity", "Ethnic background", "ethnic background"),
                ("language", "Language", "language"),
                ("disability", "Disability", "disability or long-term condition"),
            )
        ),
        *(
            Number(
                f"no_{code}",
                f"{words} not recorded",
                "Counted as above.",
                "people_accepted",
                f"no_{code}",
                own_line=False,
            )
            for code, words in (
                ("ethnicity", "Ethnic background"),
                ("language", "Language"),
                ("disability", "Disability"),
            )
        ),
    ),
    "Nobody was accepted this month.",
)
BLOCKS = (REFERRALS, WAITING, CLOCKS, SUPPORT, ONWARD, TOGETHER, WHO)
NUMBERS: dict[str, Number] = {line.code: line for block in BLOCKS for line in block.lines if isinstance(line, Number)}


def number(code: str) -> Number | None:
    """The number of this code, if there is one."""
    return NUMBERS.get(code)
