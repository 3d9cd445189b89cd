"""Help with settings and administration."""

from linkwell.core.helping import help_with

help_with(
    "accounts:",
    lines=(
        "Invite colleagues, give them a role, and end the role on the day they leave.",
        "Numbers of a team, such as ages and target days, are its rules. A change counts from the moment you save it.",
        "“Needs attention” lists what did not go by itself. Look at it once a day.",
    ),
    guide="run-it-for-real",
)
help_with(
    "accounts:preferences",
    lines=(
        "These settings are yours alone. They change nothing for anybody else.",
        "If a page jumps when you speak to your computer, turn the keys of one letter off.",
    ),
)
