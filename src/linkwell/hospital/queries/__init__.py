"""Every read of the hospital's rooms.

`stays_now(scope, ward=None)`: who is in now. `patient(scope, patient_id)`: one patient with all stays.
`freshness(scope)`: when each feed was last heard; `freshness_of_wards(scope)`: the same without activity files. The
outbox event `hospital.stay_changed` names a patient any of whose stays changed: ask `patient` again.
"""

from linkwell.hospital.queries.freshness import FeedRow, freshness, freshness_of_wards
from linkwell.hospital.queries.stays import PatientRow, ReadyRow, StayRow, all_stays, patient, stays_now

__all__ = [
    "FeedRow",
    "PatientRow",
    "ReadyRow",
    "StayRow",
    "all_stays",
    "freshness",
    "freshness_of_wards",
    "patient",
    "stays_now",
]
