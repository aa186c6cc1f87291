"""Items and packages of QTI as other programs write them."""

import io
import re
import zipfile
from collections.abc import Mapping

_NAMES_2 = 'xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1"'
_NAMES_3 = 'xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"'

CHOICE = """\
<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier">
  <correctResponse><value>B</value></correctResponse>
</responseDeclaration>
<itemBody>
  <p>Maya waits.</p>
  <choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="1">
    <prompt>What <em>now</em>?</prompt>
    <simpleChoice identifier="A">Go
      <feedbackInline outcomeIdentifier="F" identifier="A" showHide="show">No.</feedbackInline>
    </simpleChoice>
    <simpleChoice identifier="B">Stay</simpleChoice>
  </choiceInteraction>
</itemBody>
<modalFeedback outcomeIdentifier="F" identifier="B" showHide="show">Yes.</modalFeedback>
"""
SEVERAL = """\
<responseDeclaration identifier="R" cardinality="multiple" baseType="identifier">
  <mapping lowerBound="0" upperBound="2" defaultValue="0">
    <mapEntry mapKey="A" mappedValue="1"/>
    <mapEntry mapKey="B" mappedValue="1"/>
    <mapEntry mapKey="C" mappedValue="-2"/>
  </mapping>
</responseDeclaration>
<itemBody>
  <choiceInteraction responseIdentifier="R" maxChoices="0">
    <prompt>Which?</prompt>
    <simpleChoice identifier="A">a</simpleChoice>
    <simpleChoice identifier="B">b</simpleChoice>
    <simpleChoice identifier="C">c</simpleChoice>
  </choiceInteraction>
</itemBody>
"""
ORDER = """\
<responseDeclaration identifier="R" cardinality="ordered" baseType="identifier">
  <correctResponse><value>C</value><value>A</value><value>B</value></correctResponse>
</responseDeclaration>
<itemBody>
  <orderInteraction responseIdentifier="R">
    <prompt>Order.</prompt>
    <simpleChoice identifier="A">then</simpleChoice>
    <simpleChoice identifier="B">last</simpleChoice>
    <simpleChoice identifier="C">first</simpleChoice>
  </orderInteraction>
</itemBody>
"""
MATCH = """\
<responseDeclaration identifier="R" cardinality="multiple" baseType="directedPair">
  <correctResponse><value>L1 R2</value><value>L2 R1</value></correctResponse>
</responseDeclaration>
<itemBody>
  <matchInteraction responseIdentifier="R" maxAssociations="2">
    <prompt>Match.</prompt>
    <simpleMatchSet>
      <simpleAssociableChoice identifier="L1" matchMax="1">cat</simpleAssociableChoice>
      <simpleAssociableChoice identifier="L2" matchMax="1">dog</simpleAssociableChoice>
    </simpleMatchSet>
    <simpleMatchSet>
      <simpleAssociableChoice identifier="R1" matchMax="1">bone</simpleAssociableChoice>
      <simpleAssociableChoice identifier="R2" matchMax="1">milk</simpleAssociableChoice>
      <simpleAssociableChoice identifier="R3" matchMax="1">stone</simpleAssociableChoice>
    </simpleMatchSet>
  </matchInteraction>
</itemBody>
"""
ENTRY = """\
<responseDeclaration identifier="R" cardinality="single" baseType="string">
  <correctResponse><value>York</value></correctResponse>
  <mapping defaultValue="0">
    <mapEntry mapKey="York" mappedValue="1"/>
    <mapEntry mapKey="Yorke" mappedValue="1"/>
    <mapEntry mapKey="Yrk" mappedValue="0.5"/>
  </mapping>
</responseDeclaration>
<itemBody>
  <p>He was the duke of <textEntryInteraction responseIdentifier="R" expectedLength="15"/>.</p>
</itemBody>
"""
NUMBER = """\
<responseDeclaration identifier="R" cardinality="single" baseType="float">
  <correctResponse><value>3.5</value></correctResponse>
</responseDeclaration>
<itemBody><p>How much?</p><p><textEntryInteraction responseIdentifier="R"/></p></itemBody>
<responseProcessing><responseCondition><responseIf>
  <equal toleranceMode="absolute" tolerance="0.1 0.2">
    <variable identifier="R"/><correct identifier="R"/>
  </equal>
  <setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue>
</responseIf></responseCondition></responseProcessing>
"""
EXTENDED = """\
<responseDeclaration identifier="R" cardinality="single" baseType="string"/>
<itemBody>
  <extendedTextInteraction responseIdentifier="R"><prompt>Write.</prompt></extendedTextInteraction>
</itemBody>
"""


def item(inside: str, *, version: int = 2, identifier: str = "one") -> bytes:
    """The file of one item; version 3 has the same elements under its own names."""
    text = (
        f'<assessmentItem {_NAMES_2} identifier="{identifier}" title="T" adaptive="false" '
        f'timeDependent="false">\n{inside}</assessmentItem>\n'
    )
    return (_as_three(text) if version == 3 else text).encode()


def _hyphens(name: str) -> str:
    return re.sub(r"(?<!^)([A-Z])", r"-\1", name).lower()


def _as_three(text: str) -> str:
    text = re.sub(
        r"<(/?)([a-zA-Z]+)(?=[\s/>])",
        lambda found: (
            found.group() if found[2] in {"p", "em"} else f"<{found[1]}qti-{_hyphens(found[2])}"
        ),
        text,
    )
    text = re.sub(r' ([a-zA-Z]+)="', lambda found: f' {_hyphens(found[1])}="', text)
    return text.replace(_NAMES_2, _NAMES_3)


def package(files: Mapping[str, bytes | str]) -> bytes:
    """An archive of these files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def manifest(*paths: str, kind: str = "imsqti_item_xmlv2p1", more: str = "") -> str:
    """A manifest that lists these items."""
    resources = "".join(
        f'<resource identifier="r{at}" type="{kind}" href="{path}"/>'
        for at, path in enumerate(paths)
    )
    return f"<manifest><resources>{resources}{more}</resources></manifest>"
