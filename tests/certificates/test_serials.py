import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_engine.certificates import serials
from course_engine.certificates.serials import ALPHABET, Mistyped

serial_bytes = st.binary(min_size=5, max_size=5)
code_bytes = st.binary(min_size=16, max_size=16)


def test_a_serial_looks_like_this() -> None:
    assert serials.new_serial(bytes(5)) == "CE-0000-0000-0"
    assert serials.new_serial(b"\xff" * 5) == "CE-ZZZZ-ZZZZ-3"


@given(serial_bytes)
def test_a_serial_is_read_back_as_it_was_given_out(randomness: bytes) -> None:
    serial = serials.new_serial(randomness)
    assert serials.parse_serial(serial) == serial


@given(serial_bytes, st.sampled_from(["", " ", "-", "\u2013", "\t"]), st.sampled_from(["", "ce "]))
def test_case_spaces_hyphens_and_the_prefix_do_not_matter(
    randomness: bytes, between: str, prefix: str
) -> None:
    serial = serials.new_serial(randomness)
    typed = between.join(serial.removeprefix("CE-").replace("-", "").lower())
    assert serials.parse_serial(prefix + typed) == serial


@given(serial_bytes, st.sampled_from(["Oo", "Ll", "Ii"]))
def test_letters_that_look_like_digits_are_read_as_digits(randomness: bytes, letters: str) -> None:
    serial = serials.new_serial(randomness)
    digit = "0" if "O" in letters else "1"
    for letter in letters:
        assert serials.parse_serial(serial.replace(digit, letter)) == serial


@given(serial_bytes, st.integers(0, 8), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_caught(randomness: bytes, at: int, wrong: str) -> None:
    text = list(serials.new_serial(randomness).removeprefix("CE-").replace("-", ""))
    if text[at] == wrong:
        assert serials.parse_serial("".join(text))
        return
    text[at] = wrong
    with pytest.raises(Mistyped):
        serials.parse_serial("".join(text))


@given(serial_bytes, st.integers(0, 8), st.integers(0, 8))
def test_any_two_characters_that_changed_places_are_caught(
    randomness: bytes, one: int, other: int
) -> None:
    text = list(serials.new_serial(randomness).removeprefix("CE-").replace("-", ""))
    same = text[one] == text[other]
    text[one], text[other] = text[other], text[one]
    if same:
        assert serials.parse_serial("".join(text))
    else:
        with pytest.raises(Mistyped):
            serials.parse_serial("".join(text))


@given(code_bytes)
def test_a_code_is_read_back_from_its_groups(randomness: bytes) -> None:
    code = serials.new_code(randomness)
    assert len(code) == 27
    assert serials.parse_code(serials.grouped(code).lower()) == code


@given(code_bytes, st.integers(0, 26), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_of_a_code_is_caught(
    randomness: bytes, at: int, wrong: str
) -> None:
    code = serials.new_code(randomness)
    typed = code[:at] + wrong + code[at + 1 :]
    if typed == code:
        assert serials.parse_code(typed) == code
        return
    with pytest.raises(Mistyped):
        serials.parse_code(typed)


@given(code_bytes, code_bytes)
def test_all_128_bits_of_the_randomness_are_in_the_code(one: bytes, other: bytes) -> None:
    assert (serials.new_code(one) == serials.new_code(other)) == (one == other)


@given(st.text())
def test_whatever_is_typed_is_a_serial_or_mistyped(typed: str) -> None:
    for parse in (serials.parse_serial, serials.parse_code):
        try:
            assert parse(parse(typed)) == parse(typed)
        except Mistyped:
            continue


@pytest.mark.parametrize("length", [0, 4, 6, 16])
def test_a_serial_takes_exactly_five_random_bytes(length: int) -> None:
    with pytest.raises(ValueError, match="5 random bytes"):
        serials.new_serial(bytes(length))
