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
