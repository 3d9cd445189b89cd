"""Where an onward referral may go. An accepted one is not an attendance."""

from linkwell.core.moves import Moves

ONWARD = Moves(
    kind="onward_referral",
    allowed={
        "sent": frozenset({"accepted", "waiting_list", "declined", "asked", "withdrawn"}),
        "asked": frozenset({"accepted", "waiting_list", "declined", "sent", "withdrawn"}),
        "waiting_list": frozenset({"accepted", "declined", "withdrawn"}),
        "accepted": frozenset({"attended", "did_not_come", "withdrawn", "ended"}),
        "did_not_come": frozenset({"attended", "withdrawn", "ended"}),
        "attended": frozenset({"ended"}),
        "declined": frozenset(),
        "withdrawn": frozenset(),
        "ended": frozenset(),
    },
    words={
        "sent": "waiting for the group to answer",
        "asked": "the group asked a question",
        "waiting_list": "on the group's waiting list",
        "accepted": "the group said yes",
        "did_not_come": "they did not come",
        "attended": "they came",
        "declined": "the group can't help this time",
        "withdrawn": "taken back",
        "ended": "finished",
    },
)
