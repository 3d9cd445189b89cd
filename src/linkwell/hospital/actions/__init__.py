"""Every write of the hospital's rooms."""

from linkwell.hospital.actions.feeds import open_feed
from linkwell.hospital.actions.processing import process, process_all
from linkwell.hospital.actions.receiving import receive

__all__ = ["open_feed", "process", "process_all", "receive"]
