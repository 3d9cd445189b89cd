"""Tells the check of unusual opening about the people held here."""

from linkwell.accounts.unusual import describes_people
from linkwell.people.queries.opened import facts_of_opened

describes_people(facts_of_opened)
