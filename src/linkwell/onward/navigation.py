"""Which page shows a listing that a task is about."""

from linkwell.tasks.subjects import page_of

page_of("listing", "onward:listing_desk")
