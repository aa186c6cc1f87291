from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from course_engine.certificates import serials
from course_engine.certificates.facts import Issuer
from course_engine.certificates.names import NotPrintable
from course_engine.certificates.samples import sample_facts
from course_engine.cli import main
from tests.certificates.printed import opened, tool, words

ISSUER = Issuer(name="Example Peer Network")
TODAY = date(2026, 11, 22)


def test_a_sample_carries_a_number_that_reads_well_and_is_all_zeros() -> None:
    facts = sample_facts(
        "Ana Ruiz", issuer=ISSUER, signatory=None, site_address="https://x.example/", today=TODAY
    )
    assert facts.serial == "CE-0000-0000-0"
    assert serials.parse_serial(facts.serial) == facts.serial
    assert set(facts.code) == {"0"}
    assert facts.verify_address == "x.example/verify"


def test_a_sample_refuses_the_names_that_issuing_would_refuse() -> None:
    with pytest.raises(NotPrintable):
        sample_facts(
            "\ue000", issuer=ISSUER, signatory=None, site_address="https://x.example", today=TODAY
        )


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setenv("COURSE_ENGINE_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("COURSE_ENGINE_PUBLIC_URL", "https://learn.example.org")

    def command(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["certificate", "sample", *arguments])

    return command


@pytest.mark.slow
def test_the_command_prints_a_marked_sheet_of_the_size_asked_for(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    out = tmp_path / "sample.pdf"
    result = run("--name", "Nguyễn Thị Trúc", "--out", str(out), "--size", "A4")
    assert result.exit_code == 0, result.output
    pdf = out.read_bytes()
    assert round(opened(pdf).pages[0].mediabox[2]) == 842
    assert "Nguyễn Thị Trúc" in words(pdf)
    assert "learn.example.org/verify" in words(pdf)
    assert "SAMPLE" in tool("pdfinfo", "-struct-text", "PDF", pdf=pdf)


def test_the_command_names_characters_that_it_cannot_print(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    out = tmp_path / "sample.pdf"
    result = run("--name", "Ana \ue000", "--out", str(out))
    assert result.exit_code == 1
    assert "U+E000" in result.stderr
    assert not out.exists()
