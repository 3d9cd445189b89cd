"""Help with publishing."""

from linkwell.core.helping import help_with

help_with(
    "showcase:",
    lines=(
        "One of you prepares a release, somebody else signs it off. Then everybody can read it.",
        "Numbers from 1 to 7 are never shown. Sometimes one more is kept back, so that nobody can work them out.",
        "What is published stays as it is. If it was wrong, withdraw it with a reason and prepare it again.",
    ),
    guide="publish-what-changed",
)
