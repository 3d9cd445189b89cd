"""Help with evaluations."""

from linkwell.core.helping import help_with

help_with(
    "evaluations:",
    lines=(
        "Say what you ask, of whom, and what you will count. Then fix it. Only then are the data opened.",
        "What is fixed cannot be changed. It can be run, or ended with a reason, and stays on the list.",
        "“No effect” and “worse” are results too.",
    ),
    guide="evaluate",
)
