"""Asking for a role-play, being observed, and what it counts for."""

from flask import Flask

from tests import talks
from tests.people import Persona


def observed(app: Flask, fields: dict[str, str], *assessors: Persona) -> None:
    address = talks.waiting(app, "first-meeting")
    for person in assessors:
        talks.rate(person, address, fields)


def test_a_role_play_is_read_asked_for_and_observed(
    app: Flask, rosa: Persona, imani: Persona, noor: Persona
) -> None:
    rosa.post(talks.COURSE)
    page = rosa.read(talks.ROLEPLAY)
    assert "You meet Sam for the first time" in page
    assert "Promises to keep danger secret" in page
    assert "You are Sam" not in page
    assert "Not observed yet" in rosa.read(f"{talks.COURSE}/left")
    talks.ask(rosa)
    assert "You have asked for a sitting" in rosa.read(talks.ROLEPLAY)
    address = talks.waiting(app, "first-meeting")
    page = imani.read(address)
    assert "You are Sam" in page
    assert "Trainee: Rosa" in page
    observed(app, talks.SKILLED | {"comment": "Calm and clear."}, imani, noor)
    page = rosa.read(talks.ROLEPLAY)
    assert "Met" in page
    assert page.count("Calm and clear.") == 2
    assert "Met on" in rosa.read(f"{talks.COURSE}/left")


def test_one_harmful_act_is_not_yet_and_another_sitting_may_follow(
    app: Flask, rosa: Persona, imani: Persona, noor: Persona
) -> None:
    talks.ask(rosa)
    observed(app, talks.HARMFUL, imani, noor)
    page = rosa.read(talks.ROLEPLAY)
    assert "Not yet" in page
    assert "fail" not in page.lower()
    assert "Not yet: sitting 1" in rosa.read(f"{talks.COURSE}/left")
    talks.ask(rosa)
    observed(app, talks.SKILLED, imani, noor)
    page = rosa.read(talks.ROLEPLAY)
    assert "Sitting 2" in page
    assert "Sitting 1" in page


def test_the_best_sitting_counts(app: Flask, rosa: Persona, imani: Persona, noor: Persona) -> None:
    talks.ask(rosa)
    observed(app, talks.SKILLED, imani, noor)
    talks.ask(rosa)
    observed(app, talks.HARMFUL, imani, noor)
    assert "Met on" in rosa.read(f"{talks.COURSE}/left")


def test_one_sitting_is_asked_for_at_a_time(rosa: Persona) -> None:
    talks.ask(rosa)
    answer = rosa.post(talks.ROLEPLAY)
    assert answer.status_code == 409
    assert "You have asked for this role-play already" in answer.get_data(as_text=True)


def test_the_last_requirement_met_by_a_role_play_gives_the_certificate(
    app: Flask, rosa: Persona, imani: Persona, noor: Persona
) -> None:
    rosa.post(talks.COURSE)
    rosa.post(f"{talks.COURSE}/listening/listen-first/done")
    talks.hand_in(rosa, ask_next="What helps?")
    talks.rate(imani, talks.waiting(app, "ask-next"), talks.GOOD)
    talks.ask(rosa)
    page = rosa.read(talks.COURSE)
    assert "People are looking at what you handed in" in page
    observed(app, talks.SKILLED, imani, noor)
    assert "Your certificate is ready" in rosa.read(f"{talks.COURSE}/left")


def test_the_last_rating_of_a_quiz_gives_the_certificate_too(
    app: Flask, rosa: Persona, imani: Persona, noor: Persona
) -> None:
    talks.ask(rosa)
    observed(app, talks.SKILLED, imani, noor)
    rosa.post(f"{talks.COURSE}/listening/listen-first/done")
    talks.hand_in(rosa, ask_next="What helps?")
    talks.rate(imani, talks.waiting(app, "ask-next"), talks.GOOD)
    assert "Your certificate is ready" in rosa.read(f"{talks.COURSE}/left")


def test_a_stranger_finds_no_role_play(tomasz: Persona, imani: Persona, nobody: Persona) -> None:
    assert tomasz.get(talks.ROLEPLAY).status_code == 404
    assert tomasz.post(talks.ROLEPLAY).status_code == 404
    assert imani.get(talks.ROLEPLAY).status_code == 403
    assert nobody.get(talks.ROLEPLAY).status_code == 303
    tomasz.post(talks.COURSE)
    assert tomasz.get(f"{talks.COURSE}/roleplays/other").status_code == 404


def test_the_next_step_is_the_role_play_when_all_else_is_done(
    app: Flask, rosa: Persona, imani: Persona
) -> None:
    assert "Meet the rubric of 1 role-play" in rosa.read(talks.COURSE)
    rosa.post(talks.COURSE)
    rosa.post(f"{talks.COURSE}/listening/listen-first/done")
    talks.hand_in(rosa, ask_next="What helps?")
    talks.rate(imani, talks.waiting(app, "ask-next"), talks.GOOD)
    assert "Next: a role-play" in rosa.read(talks.COURSE)
