"""Every write of the hospital's rooms."""

from linkwell.hospital.actions.feeds import open_feed
from linkwell.hospital.actions.lists import ListResult, load_list
from linkwell.hospital.actions.processing import process, process_all
from linkwell.hospital.actions.receiving import receive

__all__ = ["ListResult", "load_list", "open_feed", "process", "process_all", "receive"]
