"""Help with the hospital's pages."""

from linkwell.core.helping import help_with

help_with(
    *(f"hospital:candidate{page}" for page in ("s", "_offer", "_refer", "_ask_not", "_not_suitable")),
    "hospital:stay_ask_not",
    "hospital:here_ask_not",
    lines=(
        "A rule only finds people. You decide, with the person, whether to offer support.",
        "Whoever asked us not to offer is left alone until they say otherwise. They can still ask themselves.",
        "After a yes, refer them: only what stands on the form goes to the team.",
    ),
    guide="offer-support-in-hospital",
)
help_with(
    "hospital:here",
    lines=(
        "Anybody who is here now, or left within 30 days, is found by name or number, whether or not a rule saw them.",
        "Whoever tells you that they do not want to be offered support can be noted here, also in A&E.",
    ),
    guide="offer-support-in-hospital",
)
help_with(
    "hospital:restricted",
    "hospital:restricted_refer",
    lines=("Somebody with a restricted record is on no list. A clinician refers them by their whole number.",),
)
help_with(
    "hospital:",
    lines=(
        "The board shows who is ready to go home and still in. Open somebody to see and keep their list.",
        "Tick “the community can help” yourself, with what it can do: nothing ticks it for you.",
        "Follow-ups come 2, 7 and 30 days after somebody goes home, to whoever the list names.",
    ),
    guide="plan-for-going-home",
)
help_with(
    "hospital:trust",
    lines=(
        "Each chart compares this hospital with its own past, never with another.",
        "“Usual” is worked out from the months before the last year. A ring is a month outside it.",
        "Do not pass these numbers on. What anybody may read is a release, under Publish.",
    ),
)
help_with(
    "hospital:rules",
    "hospital:rule",
    lines=("A rule finds people and decides nothing. An administrator turns rules on and off and keeps their basis.",),
)
help_with(
    "hospital:feeds",
    "hospital:feed",
    "hospital:end_feed",
    "hospital:list_run",
    "hospital:inbound",
    lines=(
        "Load a ward list or a list of who is ready to go home here. What changed since the last one is what happened.",
        "Whatever could not be worked out stays in the list until somebody has decided what to do.",
        "A feed that was heard too long ago says so: do not trust its news until it is back.",
    ),
    guide="connect-a-hospital",
)
