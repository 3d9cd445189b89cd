"""Help with messages."""

from linkwell.core.helping import help_with

help_with(
    "messaging:",
    lines=(
        "Every message that left Linkwell, or was held back with the reason.",
        "“Not known” may have arrived. Ask before you send it again.",
    ),
    guide="send-messages",
)
