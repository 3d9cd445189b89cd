"""Which of a hospital's patients a shared list may name. The one place that asks who is restricted.

A patient's own row carries the strictest word of all records joined to it, so no joins are followed here.
"""

from django.db.models import QuerySet

from linkwell.core.scope import Scope
from linkwell.hospital.models import Patient


def listable_patients(scope: Scope) -> QuerySet[Patient]:
    """Alive, under their own record, not restricted, and not made up to try a live system."""
    return _own(scope).filter(restricted=False, died=False, test=False)


def restricted_patients(scope: Scope) -> QuerySet[Patient]:
    """People on no shared list: a clinician who treats them can refer them, and that is all."""
    return _own(scope).filter(restricted=True, died=False, test=False)


def _own(scope: Scope) -> QuerySet[Patient]:
    return Patient.objects.filter(organisation_id=scope.organisation_id, merged_into=None)
