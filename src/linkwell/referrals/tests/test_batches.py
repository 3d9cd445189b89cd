"""If these fail, somebody in a file of referrals is lost in silence, sent twice, or sent with a damaged number."""

import csv
import io
import resource
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkwell.accounts.queries import team
from linkwell.kernel import csv_safe
from linkwell.kernel.errors import Invalid
from linkwell.referrals import actions, batch, queries
from linkwell.referrals.actions import batches
from linkwell.referrals.cli import referrals
from linkwell.referrals.queries import BatchRow
from linkwell.referrals.tests.helpers import ClientFor, text_of
from tests.place import Place

pytestmark = pytest.mark.django_db
HEADER = "First name,Last name,Date of birth,NHS number,Phone,Needs,Why,Knows and agrees,Safe to use"
GOOD = "Joan,Pickering,27/3/1964,943 476 5919,07700 900123,Lonely,,yes,phone; text"


def look(place: Place, *rows: str, header: str = HEADER) -> BatchRow:
    text = "\n".join([header, *rows])
    scope = place.referrer.scope
    batch_id = actions.look_at_batch(scope=scope, team=team(place.team_id), file_name="people.csv", text=text)
    return queries.batch(scope, batch_id)


def send(place: Place, found: BatchRow) -> BatchRow:
    actions.send_batch(place.referrer.scope, found.id)
    return queries.batch(place.referrer.scope, found.id)


def test_looking_sends_nothing_and_sending_sends_what_is_ready(place: Place) -> None:
    found = look(place, GOOD, "Bill,,1/2/1950,,01632 960999,Lonely,,yes,")
    assert (found.rows_in, found.loaded, found.rejected) == (2, 1, 1)
    assert "Last name" in found.lines[1].problems[0]
    assert queries.by_state(place.lead.scope) == {}
    done = send(place, found)
    assert (done.rows_in, done.loaded, done.rejected) == (2, 1, 1)
    assert done.lines[0].reference.startswith("LW-")
    assert not done.still_here
    [row] = queries.sent_referrals(place.referrer.scope).rows
    given = queries.referral(place.lead.scope, row.referral_id).details
    assert (given.full_name, given.nhs_number, given.safe_text, given.safe_letter) == (
        "Joan Pickering",
        "9434765919",
        True,
        False,
    )


@pytest.mark.fault("F1")
def test_pressed_twice_or_chosen_again_each_person_is_referred_once(place: Place) -> None:
    found = look(place, GOOD)
    send(place, found)
    send(place, found)
    again = send(place, look(place, GOOD))
    assert (again.loaded, again.rejected) == (0, 1)
    assert again.lines[0].problems == (batches.SENT_BEFORE,)
    assert queries.by_state(place.lead.scope) == {"received": 1}


@pytest.mark.fault("F24")
@pytest.mark.parametrize(
    ("row", "said"),
    [
        (GOOD.replace("943 476 5919", "9.43E+09"), "A spreadsheet has rounded this NHS number"),
        (GOOD.replace("943 476 5919", "943 476 5918"), "not a valid NHS number"),
        (GOOD.replace("07700 900123", "7700900123"), "taken away the 0"),
        (GOOD.replace("07700 900123", "7.70E+09"), "rounded this number"),
        (GOOD.replace("27/3/1964", "23456"), "Write day/month/year"),
        (GOOD.replace("27/3/1964", "27/3/64"), "Write day/month/year"),
        (GOOD.replace("27/3/1964", "31/2/1964"), "must be a real date"),
        (GOOD.replace("27/3/1964", "1/1/2020"), "This team supports people aged 18 and over"),
        (GOOD.replace(",yes,", ",maybe,"), "Write yes, knows"),
        (GOOD.replace("Lonely", "Rich"), "“Rich” is not one of the words we know"),
        (GOOD + ",one too many", "This row has 10 cells"),
        (GOOD.replace("Joan", "Jo\x00an"), "cannot be kept"),
    ],
)
def test_each_damage_is_reported_and_nothing_is_guessed(place: Place, row: str, said: str) -> None:
    found = look(place, row)
    assert (found.loaded, found.rejected) == (0, 1)
    assert said in " ".join(found.lines[0].problems)


@pytest.mark.fault("F24")
def test_a_file_with_the_month_first_somewhere_is_not_trusted_anywhere(place: Place) -> None:
    found = look(
        place,
        GOOD.replace("27/3/1964", "03/27/1964"),
        "Bill,Moss,4/5/1950,,01632 960999,Lonely,,yes,",
        "Ada,Moss,1951-05-04,,01632 960999,Lonely,,yes,",
    )
    assert [bool(line.problems) for line in found.lines] == [True, True, False]
    assert "month first" in found.lines[1].problems[0]


def test_the_same_person_twice_in_a_file_is_found(place: Place) -> None:
    found = look(place, GOOD, GOOD.replace("Joan", "J."), "joan,PICKERING,27/3/1964,,01632 960999,Lonely,,yes,")
    assert [line.problems for line in found.lines] == [
        (),
        ("The same person as in row 2.",),
        ("The same person as in row 2.",),
    ]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("First name,Last name", "“Knows and agrees” is missing"),
        ("First name,First name,Last name,Knows and agrees", "comes more than once"),
        ("First name,Last name,Knows and agrees,Nаme", "is not one of them"),
        ("", "names of the columns"),
    ],
)
@pytest.mark.fault("F24")
def test_a_header_we_cannot_use_is_said(place: Place, header: str, said: str) -> None:
    with pytest.raises(Invalid) as caught:
        look(place, "a,b,yes", header=header)
    assert said in " ".join(each.message for each in caught.value.findings)


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=30)


@pytest.mark.fault("F24")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELLS, min_size=1, max_size=12), min_size=1, max_size=8))
def test_every_row_is_counted_whatever_it_holds(place: Place, rows: list[list[str]]) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    wanted = sum(any(cell.strip() for cell in row) for row in rows)
    try:
        found = look(place, stream.getvalue())
    except Invalid:
        assert wanted == 0
        return
    assert found.rows_in == found.loaded + found.rejected == len(found.lines) == wanted


def test_from_choosing_a_file_to_the_report(place: Place, client_for: ClientFor) -> None:
    client = client_for(place.referrer)
    empty = client.get("/referrals/batches/empty.csv")
    assert next(csv.reader(io.StringIO(empty.content.decode("utf-8-sig")))) == list(batch.COLUMNS)
    assert "/referrals/batches/" in client.get("/referrals/mine/").content.decode()

    def choose(content: bytes) -> object:
        file = SimpleUploadedFile("people.csv", content, content_type="text/csv")
        return client.post("/referrals/batches/", {"team": str(place.team_id), "file": file}, follow=True)

    for wrong, said in (
        (b"PK\x03\x04..", "This is a spreadsheet"),
        (b"First name\xff", "CSV UTF-8"),
        (b"x", "first row"),
    ):
        assert said in text_of(choose(wrong))  # type: ignore[arg-type]
    evil = "=cmd,Moss,1/2/1950,,01632 960999,=Lonely,,yes,"
    page = choose("\n".join([HEADER, GOOD, evil]).encode("utf-8-sig"))
    assert "2 rows in the file = 1 ready + 1 not ready" in text_of(page)  # type: ignore[arg-type]
    [row] = queries.batches(place.referrer.scope).rows
    done = client.post(f"/referrals/batches/{row.id}/", follow=True)
    assert "2 rows in the file = 1 sent + 1 not sent" in text_of(done)
    report = client.get(f"/referrals/batches/{row.id}/report.csv").content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(report)))
    assert len(lines) == 3
    assert not any(csv_safe.needs_quote(cell) and not cell.startswith("'") for line in lines for cell in line)
    assert client_for(place.lead).get(f"/referrals/batches/{row.id}/").status_code == 404


@pytest.mark.fault("F24")
def test_a_large_file_is_streamed_by_the_command(place: Place, tmp_path: Path) -> None:
    file, report = tmp_path / "large.csv", tmp_path / "report.csv"
    with file.open("w", encoding="utf-8") as stream:
        stream.write(HEADER + "\n")
        stream.writelines(f"A{number},Moss,,,,,,,{'x' * 4000}\n" for number in range(3000))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    common = ["batch", str(file), "--organisation", "P90001", "--user", place.referrer.email, "--team", "wexcombe"]
    done = CliRunner().invoke(referrals, [*common, "--report", str(report)])
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert done.exit_code == 0, done.output
    assert "3,000 rows = 0 ready + 3,000 not ready." in done.output
    assert len(report.read_text(encoding="utf-8").splitlines()) == 3001
    assert grown < 40_000, "the file is 12 megabytes: it must not be held whole, row for row"
    small = tmp_path / "small.csv"
    small.write_text(f"{HEADER}\n{GOOD}\n", encoding="utf-8")
    common[1] = str(small)
    for said in ("1 rows = 1 sent + 0 not sent.", "1 rows = 0 sent + 1 not sent."):
        assert said in CliRunner().invoke(referrals, [*common, "--send"]).output
    nobody = CliRunner().invoke(referrals, [*common[:5], "nobody@example.org", *common[6:]])
    assert nobody.exit_code == 1
