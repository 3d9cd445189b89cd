"""If these fail, a hospital cannot read or mend the rule it wrote, or loses it at one press."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from linkwell.core.database import scoped
from linkwell.hospital.models import RuleUse
from linkwell.hospital.tests.candidate_people import Hospital, a_hospital
from tests.place import sign_in

pytestmark = pytest.mark.django_db
RULES = "/hospital/rules/"
TEXT = 'name = "here_now"\nwords = "Here this week"\nfinds = "Everybody."\n[[all]]\ntable = "spells"\ndays = 7\n'
BASIS = "Article 6(1)(e), agreed by our board"


@pytest.fixture
def hospital(db: None) -> Hospital:
    made = a_hospital()
    sign_in(made.administrator).post(f"{RULES}own/", {"text": TEXT, "legal_basis": BASIS})
    return made


def read(client: Client, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser")


def written(hospital: Hospital) -> list[str]:
    with scoped(hospital.system):
        return list(RuleUse.objects.exclude(own="").values_list("own", flat=True))


def test_a_rule_the_hospital_wrote_is_opened_as_it_stands_changed_and_kept(hospital: Hospital) -> None:
    client = sign_in(hospital.administrator)
    address = f"{RULES}own/?rule=here_now"
    assert read(client, RULES).select_one(f'a[href="{address}"]') is not None
    page = read(client, address)
    boxes = [each.text.strip() for each in page.select("textarea")]
    assert boxes == [TEXT.strip(), BASIS]
    client.post(address, {"text": TEXT.replace("days = 7", "days = 3"), "legal_basis": BASIS})
    assert [each.replace("\r\n", "\n").strip() for each in written(hospital)] == [
        TEXT.replace("days = 7", "days = 3").strip()
    ]


def test_a_rule_of_our_own_is_taken_away_only_once_somebody_said_so_again(hospital: Hospital) -> None:
    client, address = sign_in(hospital.administrator), f"{RULES}here_now/remove/"
    page = read(client, address)
    assert "days = 7" in page.text
    assert len(written(hospital)) == 1
    assert "“Here this week” is taken away." in client.post(address, follow=True).content.decode()
    assert written(hospital) == []
    assert client.get(address).status_code == 404


def test_a_rule_that_comes_with_linkwell_is_neither_rewritten_nor_taken_away(hospital: Hospital) -> None:
    client = sign_in(hospital.administrator)
    assert client.get(f"{RULES}own/?rule=long_stay").status_code == 404
    assert client.post(f"{RULES}long_stay/remove/").status_code == 404
    assert sign_in(hospital.clinician).get(f"{RULES}own/?rule=here_now").status_code == 404
    assert "Change how it is written" not in sign_in(hospital.clinician).get(RULES).content.decode()


def test_whoever_turns_a_rule_off_is_told_that_it_is_off(hospital: Hospital) -> None:
    client = sign_in(hospital.administrator)
    off = client.post(f"{RULES}here_now/", {"legal_basis": BASIS}, follow=True).content.decode()
    assert "“Here this week” is not asked any more." in off
    on = client.post(f"{RULES}here_now/", {"asked": "on", "legal_basis": BASIS}, follow=True).content.decode()
    assert "“Here this week” is asked from the next look on." in on
