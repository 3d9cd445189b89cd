"""Help with Today, the person's page and searching."""

from linkwell.core.helping import help_with

help_with(
    "journey:",
    lines=(
        "The yellow lines at the top of a record keep people safe. Read them before you phone, write or visit.",
        "The search at the top finds people, referrals by their reference, and services. Close spellings do too.",
    ),
    guide="first-day",
)
help_with(
    "journey:today",
    lines=(
        "Your day: who you meet, who to call, and answers that came in. Tap what happened to write it up.",
        "You can choose what shows first under “Your settings” at the top of each page.",
    ),
    guide="first-day",
)
help_with(
    "journey:search",
    lines=(
        "Type a name as you heard it, a date of birth, an NHS number, a phone number, or a reference such as LW-4M7K.",
        "Press / on any page to come here. You find only what you may open.",
    ),
)
help_with(
    "journey:retention",
    lines=("Records whose time is over. Two people look before anything goes, and a hold keeps a record longer.",),
    guide="keep-and-let-go",
)
