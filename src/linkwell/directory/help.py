"""Help with finding a service."""

from linkwell.core.helping import help_with

help_with(
    "directory:",
    lines=(
        "Type what the person would like, in any words. Add a place to see what is near first.",
        "Refer onward asks the group and waits for its answer. Signpost only tells the person about it.",
        "Nothing fits? Say what is missing near here, so that it is known.",
    ),
    guide="load-a-directory",
)
