"""If this fails, rows written together share what each must have for itself: two patients would be one."""

from uuid import uuid4

from linkwell.core import many_rows
from linkwell.hospital.models import Patient, Stay


def test_rows_written_together_share_nothing() -> None:
    mine = {"organisation_id": uuid4()}
    one, other = (many_rows.new(Patient, **mine) for _ in range(2))
    assert one["id"] != other["id"]
    assert one["cluster"] != other["cluster"]
    stay, second = (many_rows.new(Stay, **mine) for _ in range(2))
    stay["diagnoses"].append("J449")
    assert second["diagnoses"] == []
