"""Help with records of people, and with safeguarding."""

from linkwell.core.helping import help_with

help_with(
    "people:",
    lines=(
        "Look for the person before you add them. Names that are nearly the same are shown.",
        "Until the person, asked alone, has said what is safe: phone only, and leave no message.",
    ),
    guide="first-day",
)
help_with(
    "safeguarding:",
    lines=(
        "If somebody is in danger now, phone 999 first.",
        "Take a concern, write what you decided and why, and say who was told.",
    ),
)
