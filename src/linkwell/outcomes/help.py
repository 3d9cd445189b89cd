"""Help with asking how somebody is."""

from linkwell.core.helping import help_with

help_with(
    "outcomes:",
    lines=(
        "Ask in the words on the page. There are no right answers, and nobody has to answer.",
        "Say how it was answered: people answer more kindly to somebody’s face.",
        "An answer that speaks of harming oneself is put before a clinician the same day.",
    ),
    guide="ask-questionnaires",
)
help_with(
    *(f"outcomes:{name}" for name in ("stories", "write_story", "story", "agreed", "check", "to_check", "withdraw")),
    lines=(
        "A story is used only as they agreed, one use at a time, and after a second person has read it.",
        "Taken back, it is off our pages at once. Printed and shared copies cannot be called back.",
    ),
    guide="tell-a-story",
)
