"""If these fail, a place asks what it may not, or wording under licence is read by those who hold none."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from linkwell.casework.tests.helpers import supported
from linkwell.kernel.errors import Invalid, NotAllowed, NotFound
from linkwell.measures.reading import FOLDER, shipped
from linkwell.outcomes import actions, queries
from linkwell.outcomes.loading import load_wording
from linkwell.outcomes.tests.helpers import answered, name_clinician
from tests.place import Place, sign_in


def with_wording(name: str = "swemwbs", words: str = "Made-up words") -> str:
    """A shipped pack without wording, with wording of our own."""
    text = (FOLDER / f"{name}.toml").read_text()
    return text.replace("lowest = ", f'words = "{words}"\nlowest = ')


def load(place: Place, text: str) -> Any:
    return actions.load_pack(scope=place.administrator.scope, content=text.encode(), file_name="ours.toml")


def names(place: Place, who: str = "worker") -> set[str]:
    rows = queries.packs_to_ask(getattr(place, who).scope)
    return {row.pack.name for row in rows if not row.why_not}


def test_only_what_is_free_can_be_asked_at_first(place: Place) -> None:
    assert names(place) == {"ons4", "loneliness", "plan"}


def test_loaded_wording_is_for_that_organisation_alone(place: Place) -> None:
    load(place, with_wording())
    assert "swemwbs" in names(place)
    assert "swemwbs" not in names(place, "stranger")
    seven = {f"wemwbs{number}": 3 for number in range(1, 8)}
    made = answered(place, supported(place), "swemwbs", answers=seven)
    (score,) = queries.response(place.worker.scope, made).scores
    assert score.value == 19.25


BROKEN = [
    ("metric.table", lambda text: text.replace("highest = 5", "highest = 6", 1)),
    ("pack.scores", lambda text: text.replace("7 = 7.00", "7 = 7.10")),
    ("wemwbs1", lambda text: text.replace('words = "Made-up words"\n', "", 1)),
    ("pack.items", lambda text: text.replace("version = 1", "version = 2")),
    ("ours.toml", lambda text: text + "]["),
]


@pytest.mark.parametrize(("where", "broken"), BROKEN, ids=[f"{n} {where}" for n, (where, _) in enumerate(BROKEN)])
def test_a_pack_that_breaks_a_rule_is_refused_with_its_reason(place: Place, where: str, broken: Any) -> None:
    with pytest.raises(Invalid) as refused:
        load(place, broken(with_wording()))
    assert where in {finding.where for finding in refused.value.findings}
    assert "swemwbs" not in names(place)


def test_the_command_loads_for_one_organisation(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(with_wording())
    assert load_wording(file, "WEX01") == (
        "Short Warwick-Edinburgh mental wellbeing (version 1) can be asked at Wexcombe Community Links now, and"
        " nowhere else."
    )
    assert "swemwbs" in names(place)
    assert "swemwbs" not in names(place, "stranger")
    with pytest.raises(NotFound):
        load_wording(file, "NOWHERE")


def test_what_comes_with_linkwell_is_not_loaded_over(place: Place) -> None:
    with pytest.raises(Invalid, match="comes with Linkwell"):
        load(place, (FOLDER / "ons4.toml").read_text())


def test_other_words_need_another_version_and_old_answers_keep_theirs(place: Place) -> None:
    own = with_wording().replace('name = "swemwbs"', 'name = "ours"', 1)
    load(place, own)
    made = answered(place, supported(place), "ours", answers={"wemwbs1": 1})
    with pytest.raises(Invalid, match="Give it a new version"):
        load(place, own.replace("Made-up words", "Other words"))
    load(place, own.replace("Made-up words", "Other words").replace("version = 1", "version = 2", 1))
    assert queries.response(place.worker.scope, made).pack.items[0].words == "Made-up words"
    assert queries.pack_to_ask(place.worker.scope, "ours").pack.items[0].words == "Other words"


def test_only_an_administrator_decides_what_is_asked(place: Place) -> None:
    for member in (place.worker, place.lead):
        with pytest.raises(NotAllowed):
            actions.load_pack(scope=member.scope, content=with_wording().encode(), file_name="x")
    with pytest.raises(Invalid):
        actions.set_asking(
            scope=place.administrator.scope,
            clinician_id=place.stranger.user_id,
            clinical_by_link=False,
            asked=(),
            occasions=(),
        )
    with pytest.raises(Invalid):
        name_clinician(place, asked=("swemwbs",))


def test_the_page_of_an_administrator_saves_and_loads(place: Place) -> None:
    client, where = sign_in(place.administrator), reverse("outcomes:asking")
    given = {"clinician": str(place.lead.user_id), "asked": ["ons4", "phq9"], "occasions": ["start", "months_3"]}
    assert client.post(where, given).status_code == 302
    now = queries.asking(place.administrator.scope)
    assert (now.clinician_name, now.packs, now.occasions) == ("Lena Hart", ("ons4", "phq9"), ("start", "months_3"))
    assert client.post(where, {"clinical_by_link": "on"}).status_code == 422
    file = SimpleUploadedFile("ours.toml", with_wording().encode())
    assert client.post(reverse("outcomes:load"), {"file": file}).status_code == 302
    bad = client.post(reverse("outcomes:load"), {"file": SimpleUploadedFile("x.toml", b"][")})
    assert bad.status_code == 422
    assert "not a TOML file" in bad.content.decode()


def test_every_shipped_pack_is_its_own_file() -> None:
    assert {tomllib.loads(path.read_text())["name"] for path in FOLDER.glob("*.toml")} == set(shipped())
