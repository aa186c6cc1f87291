"""One person's page, and the reminder about crisis lines."""

from datetime import date

from flask import Flask

from tests.people import Persona


def test_a_person_is_shown_with_names_address_and_roles(harold: Persona, rosa: Persona) -> None:
    page = harold.read(f"/people/{rosa.id}")
    for said in ("Rosa Ñandú", "rosa@example.org", 'value="trainee" checked', "1 browser"):
        assert said in page


def test_ones_own_account_cannot_be_closed_from_its_page(harold: Persona) -> None:
    assert f"/people/{harold.id}/close" not in harold.read(f"/people/{harold.id}")


def test_a_person_who_does_not_exist_is_missing(harold: Persona) -> None:
    assert harold.get("/people/999999").status_code == 404
    assert harold.get(f"/people/{10**30}").status_code == 404


def test_only_administrators_see_a_person(nobody: Persona, rosa: Persona, denise: Persona) -> None:
    assert nobody.get(f"/people/{rosa.id}").status_code == 303
    assert rosa.get(f"/people/{rosa.id}").status_code == 403
    assert denise.get(f"/people/{rosa.id}").status_code == 403


def test_an_administrator_is_told_on_each_page_of_lines_that_nobody_verified(
    app: Flask, harold: Persona, rosa: Persona
) -> None:
    lines = app.extensions["site"].crisis_lines
    kept = [line.verified for line in lines]
    try:
        for line in lines:
            object.__setattr__(line, "verified", date(2020, 1, 1))
        assert "Please verify the crisis lines" in harold.read("/people")
        assert "Please verify the crisis lines" in harold.read("/account")
        assert "Please verify the crisis lines" not in rosa.read("/account")
    finally:
        for line, verified in zip(lines, kept, strict=True):
            object.__setattr__(line, "verified", verified)
