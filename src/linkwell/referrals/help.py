"""Help with referrals, coming in and sent."""

from linkwell.core.helping import help_with

help_with(
    "referrals:",
    lines=(
        "Say who it is, why, whether they know and agree, and how it is safe to reach them.",
        "You get a reference, and hear what you are entitled to hear under My referrals.",
        "If somebody is in danger now, phone 999. Nobody reads this at once.",
    ),
    guide="take-referrals",
)
help_with(
    "referrals:triage",
    lines=(
        "Words that suggest danger come first, then those who have waited longest.",
        "Accept, ask a question, or say kindly why not. Whoever referred hears at once.",
        "Keep a list you look at often: choose the filters, then give the list a name.",
    ),
    guide="take-referrals",
)
