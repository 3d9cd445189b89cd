"""Every write to the directory."""

from linkwell.directory.actions.gaps import report_gap
from linkwell.directory.actions.imports import ImportResult, import_feed
from linkwell.directory.actions.room import confirm_details, say_room

__all__ = ["ImportResult", "confirm_details", "import_feed", "report_gap", "say_room"]
