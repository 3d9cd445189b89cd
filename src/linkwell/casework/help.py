"""Help with support: the waiting list, the caseload, the plan and the write-up."""

from linkwell.core.helping import help_with

help_with(
    "casework:",
    lines=(
        "Write up each conversation or try as soon as you can. What you type is kept while you type.",
        "Each write-up asks for the next step and when. On that day the person shows on Today.",
        "Only a time agreed with the person can be missed. A call nobody answers is a try.",
    ),
    guide="first-day",
)
help_with(
    "casework:waiting",
    lines=(
        "Those who have waited longest come first. Choose a name to give somebody a link worker.",
        "The load of each worker shows how full they are. Complex support counts for more.",
    ),
    guide="look-after-the-team",
)
help_with(
    "casework:caseload",
    lines=(
        "Everybody you support, those due first. A red tag means that the next date has passed.",
        "Tick several people with x, and choose what to do. You can undo it for ten minutes.",
    ),
    guide="first-day",
)
help_with(
    "casework:received",
    lines=("Summaries that link workers sent to your practice. Open one to read it, print it or save it.",),
)
