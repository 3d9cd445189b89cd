"""If these fail, nobody sees who is left behind, or somebody is seen who may not be."""

from linkwell.casework.tests.helpers import refer, supported
from linkwell.evaluation.report import Report
from linkwell.evaluations.equity import by_group
from linkwell.evaluations.queries.funnel import GROUPS, STEPS, funnel
from linkwell.outcomes.tests.helpers import answered
from tests.place import Place, sign_in

ROW = {"offered": "1", "deprivation": "not known", "ethnicity": "not known", "sex": "not known", "disability": "Yes"}


def test_each_step_is_told_of_only_once_it_is_known(place: Place) -> None:
    """One waits to be read; another was spoken with, and it is not known yet what will become of it."""
    refer(place, family_name="Quillfeather")
    case_id = supported(place)
    answered(place, case_id)
    waiting, spoken = sorted(funnel(place.lead.scope), key=lambda row: row["accepted"])
    assert (waiting["offered"], waiting["accepted"], waiting["spoken with"]) == ("1", "", "")
    assert [spoken[step] for step in STEPS] == ["1", "1", "1", "", "", ""]
    assert spoken["age"] == "65 to 79"
    assert "Quillfeather" not in str([waiting, spoken])
    page = sign_in(place.lead).get("/evaluations/who-gets-there/").content.decode()
    assert "So few are not shown by group" in page
    assert sign_in(place.worker).get("/evaluations/who-gets-there/").status_code == 404


def test_groups_are_compared_and_small_numbers_kept_back() -> None:
    steps = dict.fromkeys(STEPS[3:], "")
    rows = [
        ROW
        | steps
        | {"accepted": str(int(n < 30)), "spoken with": "1" if n < 30 else "", "age": age, "language": "English"}
        for age, many in (("18 to 39", 60), ("40 to 64", 33))
        for n in range(many)
    ]
    told = by_group(rows, STEPS, GROUPS)
    assert isinstance(told, Report)
    assert "kept back" in str(told.sections)
    # Everybody speaks English, so there is nothing to compare by language.
    assert [each.title for each in told.sections] == ["Everybody", "By age", "How it was worked out"]
    assert "Nobody was offered" in str(by_group([], STEPS, GROUPS))
