"""Help with the team: load, cover, visits and supervision."""

from linkwell.core.helping import help_with

help_with(
    "workforce:",
    lines=(
        "How full everybody is, who is away, and who stands in.",
        "On a visit, say when you go in and when you are out. If you do not, somebody rings you.",
    ),
    guide="look-after-the-team",
)
