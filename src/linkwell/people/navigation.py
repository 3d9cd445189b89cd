"""This app's places in the menu."""

from linkwell.core.navigation import nav_item
from linkwell.people.permissions import CONCERN_HANDLE, PERSON_SEARCH

nav_item("People", "people:list", permission=PERSON_SEARCH, order=30)
nav_item("Safeguarding", "safeguarding:queue", permission=CONCERN_HANDLE, order=70)
