"""If these fail, one person's record is taken for another's, or a letter goes astray."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkwell.kernel import ids, nhs_number, phone, postcode
from linkwell.kernel.errors import Invalid

NINE = st.text(alphabet="0123456789", min_size=9, max_size=9)


@pytest.mark.fault("F10")
@pytest.mark.parametrize(
    "text",
    ["943 476 5919", "9434765919", "943-476-5919", " 943  4765919\n", "９４３４７６５９１９", "\ufeff9434765919"],
)
def test_an_nhs_number_is_read_however_it_is_spaced(text: str) -> None:
    number = nhs_number.parse(text)
    assert (number.digits, str(number)) == ("9434765919", "943 476 5919")


@pytest.mark.fault("F10")
@pytest.mark.parametrize("text", ["9434765919", "9999999999", "9990000018"])
def test_a_right_check_digit_is_never_taken_for_a_verified_person(text: str) -> None:
    assert nhs_number.parse(text).status == "well_formed"
    assert nhs_number.parse("9990000018").is_test_number


@pytest.mark.fault("F10")
@given(nine=NINE)
def test_a_mistyped_digit_or_two_swapped_are_noticed(nine: str) -> None:
    check = nhs_number.check_digit(nine)
    if check is None:
        assert all(nhs_number.problem(f"{nine}{last}") for last in range(10))
        return
    right = f"{nine}{check}"
    assert nhs_number.problem(right) is None
    for place, digit in itertools.product(range(10), "0123456789"):
        wrong = right[:place] + digit + right[place + 1 :]
        assert (nhs_number.problem(wrong) is None) == (wrong == right)
    for place in range(9):
        swapped = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
        assert (nhs_number.problem(swapped) is None) == (swapped == right)


@pytest.mark.fault("F24")
@pytest.mark.parametrize("text", ["9.43E+09", "9.43477E+09", "9,43E+09", "9E+9", "9.434765919e+09", " 9.43E+09 "])
def test_a_number_that_a_spreadsheet_rounded_is_explained(text: str) -> None:
    assert "spreadsheet" in (nhs_number.problem(text) or "")


@pytest.mark.parametrize("text", ["", "  ", "12345", "94347659190", "943476591A", "9434765918", "²²²²²²²²²³", "none"])
def test_what_is_wrong_with_an_nhs_number_is_said_in_words(text: str) -> None:
    message = nhs_number.problem(text)
    assert message
    assert message.endswith(".")
    with pytest.raises(Invalid):
        nhs_number.parse(text)


@given(text=st.text(max_size=30))
def test_nothing_typed_as_number_postcode_or_phone_is_an_accident(text: str) -> None:
    for room in (nhs_number, postcode, phone):
        trouble = room.problem(text)
        if trouble is None:
            room.parse(text)
        else:
            with pytest.raises(Invalid):
                room.parse(text)
    postcode.normalise(text)
    ids.reference_from(text)


@pytest.mark.parametrize(
    ("text", "written", "sector", "area"),
    [
        ("bs14dj", "BS1 4DJ", "BS1 4", "BS"),
        ("SW1A 1AA", "SW1A 1AA", "SW1A 1", "SW"),
        ("m1 1ae", "M1 1AE", "M1 1", "M"),
        ("CR2  6XH", "CR2 6XH", "CR2 6", "CR"),
        ("dn551pt", "DN55 1PT", "DN55 1", "DN"),
        ("W1A-0AX", "W1A 0AX", "W1A 0", "W"),
        ("ec1a 1bb", "EC1A 1BB", "EC1A 1", "EC"),
        ("BT1 5GS", "BT1 5GS", "BT1 5", "BT"),
        ("zz99 3wz", "ZZ99 3WZ", "ZZ99 3", "ZZ"),
    ],
)  # fmt: skip
def test_postcodes_are_written_one_way(text: str, written: str, sector: str, area: str) -> None:
    found = postcode.parse(text)
    assert (str(found), found.sector, found.area) == (written, sector, area)
    assert postcode.normalise(text) == written


@pytest.mark.parametrize(
    ("text", "hint"), [("BS1", "first half"), ("", "Enter a postcode"), ("Bristol", "BS1 4DJ"), ("BS1 4D", "full")]
)
def test_what_is_wrong_with_a_postcode_is_said_in_words(text: str, hint: str) -> None:
    assert hint in (postcode.problem(text) or "")


@pytest.mark.parametrize(
    ("text", "e164", "display", "mobile"),
    [
        ("07700 900123", "+447700900123", "07700 900123", True),
        ("+44 (0)7911 123456", "+447911123456", "07911 123456", True),
        ("0117 496 0123", "+441174960123", "0117 496 0123", False),
        ("020 7946 0123", "+442079460123", "020 7946 0123", False),
        ("00353 1 234 5678", "+35312345678", "+353 1 234 5678", False),
        ("01632 960123", "+441632960123", "01632 960123", False),
    ],
)  # fmt: skip
def test_telephone_numbers_are_kept_for_machines_and_shown_for_people(
    text: str, e164: str, display: str, mobile: bool
) -> None:
    found = phone.parse(text)
    assert (found.e164, found.display, found.is_mobile) == (e164, display, mobile)


@pytest.mark.parametrize("text", ["", "12", "hello", "07700", "09061 123456", "0117 496 0123 ext 4", "0" * 200, "999"])
def test_a_number_nobody_can_ring_is_refused_in_words(text: str) -> None:
    assert (phone.problem(text) or "").endswith(".")


def test_a_reference_survives_being_read_aloud() -> None:
    for _ in range(200):
        reference = ids.new_reference()
        assert not set("AEIOU01ILOSZ") & set(reference.removeprefix("LW-"))
        assert ids.reference_from(reference) == reference
        assert ids.reference_from(reference.lower().replace("-", " ")) == reference
        assert ids.reference_from(reference.removeprefix("LW-")) == reference


def test_a_slip_or_a_swap_in_a_reference_is_noticed() -> None:
    body = ids.new_reference().removeprefix("LW-").replace("-", "")
    for place, letter in itertools.product(range(7), ids.ALPHABET):
        wrong = body[:place] + letter + body[place + 1 :]
        assert (ids.reference_from(wrong) is None) == (wrong != body)
    for one, other in itertools.combinations(range(7), 2):
        letters = list(body)
        letters[one], letters[other] = letters[other], letters[one]
        assert (ids.reference_from("".join(letters)) is None) == ("".join(letters) != body)


def test_ids_are_new_and_in_order_of_time() -> None:
    made = [ids.new_id() for _ in range(1000)]
    assert made == sorted(made)
    assert len(set(made)) == 1000
    assert {identifier.version for identifier in made} == {7}


def test_no_fixed_abode_is_an_answer_and_not_a_place() -> None:
    assert not postcode.parse("ZZ99 3VZ").is_real
    assert postcode.parse("BS1 4DJ").is_real
