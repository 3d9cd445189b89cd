"""Help with onward referrals."""

from linkwell.core.helping import help_with

help_with(
    "onward:",
    lines=(
        "The group answers from a link in its e-mail. You see its answer here and on Today.",
        "A place that was offered is not yet somebody who came. Ask whether they did.",
    ),
    guide="first-day",
)
