"""Help with the report."""

from linkwell.core.helping import help_with

help_with(
    "impact:",
    lines=(
        "Every number opens the list behind it.",
        "Sign off a month when it is right. What is put right later is shown beside it.",
        "“Not due yet” is not late: its time has not come.",
    ),
    guide="monthly-report",
)
