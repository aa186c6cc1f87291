"""Questions out as a package of QTI 3.0: items, an assessment for each shelf, and the manifest."""

import io
import zipfile
from collections.abc import Mapping, Sequence

from course_engine.exchange import tags
from course_engine.exchange.losses import Losses
from course_engine.exchange.qti import writing
from course_engine.exchange.qti.tags import element, tag, words
from course_engine.exchange.shelves import Shelf

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_QTI = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
_PACKAGE = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
_LOM = "http://ltsc.ieee.org/xsd/LOM"
# The same questions are the same bytes, whenever they are packed.
_TIME = (1980, 1, 1, 0, 0, 0)


def pack(shelves: Sequence[Shelf], losses: Mapping[str, Losses]) -> bytes:
    """Return the archive. ``losses`` are kept by source file."""
    files: dict[str, str] = {}
    resources: list[str] = []
    for at, shelf in enumerate(shelves, 1):
        references = []
        for number, question in enumerate(shelf.questions, 1):
            name = f"item-{at}-{number}"
            path = f"items/{name}.xml"
            files[path] = writing.item(question, losses[question.source])
            references.append(tag("qti-assessment-item-ref", identifier=name, href=path))
            resources.append(_resource(name, "imsqti_item_xmlv3p0", path, tags.of(question)))
        files[f"assessment-{at}.xml"] = _assessment(shelf, at, references)
        path = f"assessment-{at}.xml"
        resources.append(_resource(f"assessment-{at}", "imsqti_test_xmlv3p0", path, ()))
    files["imsmanifest.xml"] = _manifest(resources)
    return _zipped(files)


def _assessment(shelf: Shelf, at: int, references: Sequence[str]) -> str:
    section = element(
        "qti-assessment-section",
        *references,
        identifier=f"section-{at}",
        title=shelf.title,
        visible="true",
    )
    part = element(
        "qti-test-part",
        section,
        identifier=f"part-{at}",
        navigation_mode="nonlinear",
        submission_mode="simultaneous",
    )
    return _HEAD + element(
        "qti-assessment-test", part, xmlns=_QTI, identifier=f"assessment-{at}", title=shelf.title
    )


def _resource(name: str, kind: str, path: str, marks: Sequence[str]) -> str:
    keywords = [
        element("lom:keyword", element("lom:string", words(mark), language="en")) for mark in marks
    ]
    lom = element("lom:lom", element("lom:general", *keywords))
    described = element("metadata", lom) if keywords else ""
    file = tag("file", href=path)
    return element("resource", described, file, identifier=f"r-{name}", type=kind, href=path)


def _manifest(resources: Sequence[str]) -> str:
    kind = element("schema", "QTI Package") + element("schemaversion", "3.0.0")
    inside = (
        element("metadata", kind),
        tag("organizations"),
        element("resources", *resources),
    )
    names = {"xmlns": _PACKAGE, "xmlns:lom": _LOM, "identifier": "questions"}
    return _HEAD + element("manifest", *inside, **names)


def _zipped(files: Mapping[str, str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files, key=lambda each: (each != "imsmanifest.xml", each)):
            archive.writestr(zipfile.ZipInfo(path, _TIME), files[path].encode())
    return held.getvalue()
