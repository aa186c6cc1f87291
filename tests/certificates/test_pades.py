"""A signed certificate, as PDF tools and readers judge it."""

from dataclasses import replace

import pikepdf
import pytest
from pyhanko.sign.validation import SignatureCoverageLevel

from course_engine.certificates import pades
from course_engine.certificates.design import Design
from course_engine.certificates.key_making import from_pkcs12, make_credential_key
from course_engine.certificates.printing import Attachment, print_certificate
from tests.certificates.printed import facts, opened, plain, structure, tool, words
from tests.certificates.signed import (
    KEY,
    LABEL,
    MADE,
    PASSPHRASE,
    SIGNED,
    judged,
    pkcs12_of,
    rsa_key,
    signed,
)

# Each needs a printed sheet: too much for the inner ring.
pytestmark = pytest.mark.slow


def pdfsig(pdf: bytes) -> str:
    return tool("pdfsig", "-nocert", "PDF", pdf=pdf)


def test_pdfsig_calls_it_valid_and_total() -> None:
    said = pdfsig(signed())
    for line in (
        "Signature is Valid",
        "Total document signed",
        "ETSI.CAdES.detached",
        "Example Peer Network",
        "SHA-256",
    ):
        assert line in said


def test_pyhanko_trusts_it_once_it_trusts_the_key() -> None:
    status = judged(signed(), KEY)
    assert status.bottom_line
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    assert status.docmdp_ok
    assert status.signer_reported_dt == SIGNED
    stranger = judged(signed())
    assert (stranger.intact, stranger.valid, stranger.trusted) == (True, True, False)


def test_the_file_is_sound() -> None:
    assert "No syntax or stream encoding errors" in tool("qpdf", "--check", "PDF", pdf=signed())


def test_an_organization_s_rsa_key_signs_as_well() -> None:
    key = from_pkcs12(pkcs12_of(rsa_key()), PASSPHRASE, now=SIGNED)
    pdf = pades.sign(plain(), key, at=SIGNED, label=LABEL)
    assert "Signature is Valid" in pdfsig(pdf)
    assert judged(pdf, key).bottom_line


def test_equal_arguments_give_equal_bytes_and_another_moment_others() -> None:
    again = pades.sign(plain(), KEY, at=SIGNED, label=LABEL)
    assert again == signed()
    assert pades.sign(plain(), KEY, at=MADE, label=LABEL) != signed()


def test_a_signed_file_is_not_signed_again() -> None:
    with pytest.raises(ValueError, match="signed already"):
        pades.sign(signed(), KEY, at=SIGNED, label=LABEL)


def test_a_key_for_credentials_signs_no_document() -> None:
    with pytest.raises((TypeError, IndexError)):
        pades.sign(plain(), make_credential_key(bytes(32), created=MADE), at=SIGNED, label=LABEL)


@pytest.mark.parametrize("place", [-8_000, -80, 80, 8_000])
def test_pdfsig_refuses_a_changed_byte_before_and_after_the_signature(place: int) -> None:
    changed = bytearray(signed())
    start = changed.index(b"/Contents <") + len(b"/Contents ")
    changed[(changed.index(b">", start) if place > 0 else start) + place] ^= 1
    assert "Signature is Valid" not in pdfsig_or_nothing(bytes(changed))


def pdfsig_or_nothing(pdf: bytes) -> str:
    """A file may be broken so much that the tool gives up on it."""
    try:
        return pdfsig(pdf)
    except Exception:  # noqa: BLE001 - whatever it says then, it is not "valid"
        return ""


def test_pyhanko_and_pdfsig_notice_what_was_appended() -> None:
    longer = signed() + b"\n% more\n"
    assert "Total document signed" not in pdfsig_or_nothing(longer)
    assert judged(longer, KEY).coverage != SignatureCoverageLevel.ENTIRE_FILE


def test_what_is_read_stays_the_same() -> None:
    assert words(signed()) == words(plain())
    before, after = opened(plain()).Root, opened(signed()).Root
    assert after.Lang == before.Lang
    assert after.MarkInfo.Marked is True
    assert after.ViewerPreferences.DisplayDocTitle is True
    assert after.Metadata.read_bytes() == before.Metadata.read_bytes()
    assert len(after.OutputIntents) == len(before.OutputIntents)
    assert "/ID" in opened(signed()).trailer
    assert opened(signed()).docinfo == opened(plain()).docinfo


def test_the_attached_credential_stays_attached() -> None:
    attachment = Attachment(
        name="credential.json", content=b"{}", media_type="application/vc+ld+json"
    )
    printed = print_certificate(facts(), Design(), attachments=(attachment,))
    root = opened(pades.sign(printed, KEY, at=SIGNED, label=LABEL)).Root
    file = root.AF[0]
    assert {each.objgen for each in root.AF} == {file.objgen}
    assert file.AFRelationship == pikepdf.Name.Source
    assert file.EF.F.read_bytes() == b"{}"
    assert file.EF.F.Subtype == pikepdf.Name("/application/vc+ld+json")


def test_the_field_is_unseen_printed_and_locked() -> None:
    (*_, widget) = opened(signed()).pages[0].Annots
    assert widget.Subtype == "/Widget"
    assert [int(edge) for edge in widget.Rect] == [0, 0, 0, 0]
    assert widget.F == 132


def test_the_field_is_told_to_whoever_listens() -> None:
    pdf = opened(signed())
    (*_, widget) = pdf.pages[0].Annots
    (form,) = [element for element in structure(signed()) if element.S == "/Form"]
    assert str(form.Alt) == str(widget.TU) == LABEL
    assert form.K.Obj.objgen == widget.objgen
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    known = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    assert known[int(widget.StructParent)].objgen == form.objgen
    assert structure(signed())[-1].objgen == form.objgen
    assert pdf.pages[0].Tabs == "/S"


def test_the_signature_allows_no_change() -> None:
    root = opened(signed()).Root
    (reference,) = root.Perms.DocMDP.Reference
    assert reference.TransformMethod == "/DocMDP"
    assert reference.TransformParams.P == 1
    assert root.AcroForm.SigFlags == 3


def test_the_retired_date_of_a_key_changes_nothing_that_it_signed() -> None:
    assert judged(signed(), replace(KEY, retired=SIGNED)).bottom_line
