"""Help with groups, clinics and meetings."""

from linkwell.core.helping import help_with

help_with(
    "groupwork:",
    lines=(
        "Plan a session, then tick who came. People who walk in are counted without a record.",
        "A clinic has a place and times. The practice books into the times that are free.",
        "Write a meeting’s actions with a name and a date: each becomes a task.",
    ),
)
