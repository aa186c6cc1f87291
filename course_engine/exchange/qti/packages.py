"""A file of QTI, single or zipped: which items it holds, with sizes and names checked."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from course_engine.exchange.losses import Losses
from course_engine.exchange.qti import trees
from course_engine.exchange.qti.trees import Node, NotRead

LARGEST = 64 * 1024 * 1024
_MOST_FILES = 10_000
_LARGEST_INSIDE = 64 * 1024 * 1024
_MANIFEST = "imsmanifest.xml"
_ENCRYPTED = 0x1
_ITEM, _TEST = re.compile(r"imsqti_item"), re.compile(r"imsqti_(?:test|assessment)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """One item: where it stands, what its manifest says of it, and its weight in the assessment."""

    path: str
    root: Node
    keywords: tuple[str, ...] = ()
    weight: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Contents:
    """Everything that was found, with the name of the whole; items are read one at a time."""

    title: str
    items: Iterable[Found]


def read(content: bytes, losses: Losses) -> Contents:
    """Return the items of a file of QTI; what keeps one from being read is told."""
    try:
        if content.startswith(b"PK"):
            return _Package(content, losses).contents()
        return _single(content)
    except NotRead as error:
        losses.question(error.line, "not-read", error.reason)
        return Contents(title="", items=())


def _single(content: bytes) -> Contents:
    items = tuple(trees.read(content).all("assessmentitem"))
    if not items:
        raise NotRead(1, "it holds no item of QTI 2 or 3. Export it as one of these.")
    return Contents(title="", items=tuple(Found(path="", root=item) for item in items))


class _Package:
    """A zip archive that is never unpacked: its files are read one by one, each up to a limit."""

    def __init__(self, content: bytes, losses: Losses) -> None:
        self._losses = losses
        if len(content) > LARGEST:
            raise NotRead(1, f"it is larger than {LARGEST >> 20} MiB. Split it.")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
            raise NotRead(1, "the archive is damaged. Export it again.") from None
        self._entries = {entry.filename: entry for entry in entries if not entry.is_dir()}
        self._check(entries)

    def _check(self, entries: list[zipfile.ZipInfo]) -> None:
        # Only XML is ever read, and never more of it than is declared here.
        declared = sum(each.file_size for each in entries if each.filename.endswith(".xml"))
        if len(entries) > _MOST_FILES or declared > _LARGEST_INSIDE:
            raise NotRead(1, "the archive holds more than any package should. Split it.")
        for name in (each.filename for each in entries):
            if not _safe(name):
                shown = name[:60].encode("unicode_escape").decode()
                raise NotRead(1, f'the name "{shown}" leads out of the archive. Do not use it.')
        if len({each.filename for each in entries}) != len(entries):
            raise NotRead(1, "a name stands in the archive twice. Export it again.")

    def contents(self) -> Contents:
        manifest = self._read(_MANIFEST)
        weights: dict[str, str] = {}
        title = ""
        items = []
        for resource in manifest.all("resource"):
            path = _path(_MANIFEST, resource.get("href"))
            if _TEST.match(resource.get("type")):
                title = title or self._test(path, weights)
            elif _ITEM.match(resource.get("type")):
                keywords = tuple(
                    string.text
                    for keyword in resource.all("keyword")
                    for string in keyword.children
                )
                items.append((path, keywords))
        if not items:
            raise NotRead(1, f"its {_MANIFEST} lists no items of QTI 2 or 3. Export it again.")
        return Contents(title=title, items=self._items(items, weights))

    def _items(
        self, listed: list[tuple[str, tuple[str, ...]]], weights: dict[str, str]
    ) -> Iterator[Found]:
        for path, keywords in listed:
            try:
                root = self._read(path)
            except NotRead as error:
                self._losses.question(error.line, "not-read", f"in {path}, {error.reason}")
                continue
            weight = weights.get(path, "")
            yield Found(path=path, root=root, keywords=keywords, weight=weight)

    def _test(self, path: str, weights: dict[str, str]) -> str:
        """Note the weights of an assessment, and return its title."""
        try:
            root = self._read(path)
        except NotRead as error:
            reason = f"in {path}, {error.reason}"
            self._losses.part(error.line, "not-read", "the assessment", reason)
            return ""
        for reference in root.all("assessmentitemref"):
            if weight := reference.first("weight"):
                weights[_path(path, reference.get("href"))] = weight.get("value")
        return root.get("title")

    def _read(self, path: str) -> Node:
        entry = self._entries.get(path)
        if entry is None or not path.endswith(".xml"):
            raise NotRead(1, f'the archive has no XML file "{path[:80]}". Export it again.')
        if entry.flag_bits & _ENCRYPTED:
            raise NotRead(1, "the archive has a password. Export it without one.")
        try:
            with self._zip.open(entry) as file:
                # What an archive says of sizes need not be true, so reading stops by itself.
                return trees.read(file.read(trees.LARGEST + 1))
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            RuntimeError,
            NotImplementedError,
        ):
            raise NotRead(1, "the archive is damaged. Export it again.") from None


def _safe(name: str) -> bool:
    parts = name.split("/")
    return not (
        name.startswith("/")
        or "\\" in name
        or ".." in parts
        or re.match(r"[A-Za-z]:", name)
        or not name.isprintable()
    )


def _path(base: str, target: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(target)))
