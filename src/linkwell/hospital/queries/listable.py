"""Which of a hospital's patients a shared list may name, and which a number counts. The one place that asks who is
restricted.

A patient's own row carries the strictest word of all records joined to it, so no joins are followed here.
"""

from django.db.models import QuerySet

from linkwell.core.scope import Scope
from linkwell.hospital.models import Patient

# The same as `counted_patients`, for SQL that calls the table of patients `p`.
COUNTED = "NOT p.restricted AND NOT p.test AND p.merged_into_id IS NULL"


def listable_patients(scope: Scope) -> QuerySet[Patient]:
    """Alive, under their own record, not restricted, and not made up to try a live system."""
    return _own(scope).filter(restricted=False, died=False, test=False)


def counted_patients(scope: Scope) -> QuerySet[Patient]:
    """Whom a number of the hospital may count: as a list may name them, and people who have died."""
    return _own(scope).filter(restricted=False, test=False)


def restricted_patients(scope: Scope) -> QuerySet[Patient]:
    """People on no shared list: a clinician who treats them can refer them, and that is all."""
    return _own(scope).filter(restricted=True, died=False, test=False)


def _own(scope: Scope) -> QuerySet[Patient]:
    return Patient.objects.filter(organisation_id=scope.organisation_id, merged_into=None)
