"""Time stamps, from an authority of our own: no test asks the network."""

from datetime import timedelta

import pytest
from asn1crypto import tsp

from course_engine.certificates import pades, time_stamps
from course_engine.certificates.examining import examine
from course_engine.certificates.time_stamps import NoTimeStamp
from tests.certificates.printed import plain, tool
from tests.certificates.signed import KEY, LABEL, SIGNED, answer, authority, judged


@pytest.mark.slow
def test_a_stamped_signature_is_valid_and_vouched_for() -> None:
    pdf = pades.sign(
        plain(), KEY, at=SIGNED, label=LABEL, time_stamp=lambda it: time_stamps.ask(it, answer)
    )
    assert "Signature is Valid" in tool("pdfsig", "-nocert", "PDF", pdf=pdf)
    status = judged(pdf, KEY, authority=authority())
    assert status.bottom_line
    assert status.timestamp_validity is not None
    assert status.timestamp_validity.trusted
    found = examine(pdf, [KEY.public])
    assert found is not None
    assert found.genuine
    assert found.time_stamp is not None
    assert found.time_stamp.sound
    assert found.time_stamp.at == SIGNED + timedelta(seconds=2)
    assert "Test Authority" in found.time_stamp.authority


@pytest.mark.slow
def test_a_changed_time_stamp_makes_the_file_another_one() -> None:
    pdf = pades.sign(
        plain(), KEY, at=SIGNED, label=LABEL, time_stamp=lambda it: time_stamps.ask(it, answer)
    )
    later = pdf.replace(b"20261122153002Z".hex().encode(), b"20251122153002Z".hex().encode())
    assert later != pdf
    found = examine(later, [KEY.public])
    assert found is not None
    assert (found.intact, found.time_stamp_damaged, found.genuine) == (True, True, False)


@pytest.mark.slow
def test_a_stamp_that_needs_more_room_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pades, "_TIME_STAMP_ROOM", 0)
    pdf = pades.sign(
        plain(), KEY, at=SIGNED, label=LABEL, time_stamp=lambda it: time_stamps.ask(it, answer)
    )
    assert judged(pdf, KEY, authority=authority()).bottom_line


@pytest.mark.slow
def test_without_an_answer_the_signature_stands_alone() -> None:
    pdf = pades.sign(plain(), KEY, at=SIGNED, label=LABEL, time_stamp=lambda _: None)
    found = examine(pdf, [KEY.public])
    assert found is not None
    assert found.genuine
    assert found.time_stamp is None


def refusal(_: bytes) -> bytes:
    reply: bytes = tsp.TimeStampResp({"status": {"status": "rejection"}}).dump()
    return reply


def of_something_else(query: bytes) -> bytes:
    asked = tsp.TimeStampReq.load(query)
    asked["message_imprint"]["hashed_message"] = bytes(32)
    return answer(asked.dump(force=True))


def with_another_nonce(query: bytes) -> bytes:
    asked = tsp.TimeStampReq.load(query)
    asked["nonce"] = 5
    return answer(asked.dump(force=True))


def with_a_changed_moment(query: bytes) -> bytes:
    return answer(query).replace(b"20261122153002Z", b"20251122153002Z")


@pytest.mark.parametrize(
    "post",
    [
        refusal,
        of_something_else,
        with_another_nonce,
        with_a_changed_moment,
        lambda _: b"",
        lambda _: b"<html>Not found</html>",
        lambda query: answer(query)[:-9],
    ],
)
def test_an_answer_that_proves_nothing_is_no_time_stamp(post: time_stamps.Post) -> None:
    with pytest.raises(NoTimeStamp) as said:
        time_stamps.ask(b"a signature", post)
    assert "\n" not in str(said.value)


def test_a_stamp_of_another_signature_is_not_sound() -> None:
    token = time_stamps.ask(b"a signature", answer)
    mine, another = (time_stamps.read(token, it) for it in (b"a signature", b"another"))
    assert mine is not None
    assert mine.sound
    assert another is not None
    assert not another.sound
