"""Help with tasks."""

from linkwell.core.helping import help_with

help_with(
    "tasks:",
    lines=("Tasks that are yours, those due first. Tick several with x to finish or pass on together.",),
    guide="first-day",
)
