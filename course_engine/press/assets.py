"""The press and what may be laid on it: WeasyPrint, loaded late, behind a closed fetcher."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from types import ModuleType
from typing import Any

from course_engine.press.faults import PrintingFault
from course_engine.press.fonts import our_fonts_only

SCHEME = "asset:"
MOST_PIXELS = 16_000_000  # Unpacked, 64 MB; a logo in print needs a tenth of it.


class PressMissing(PrintingFault):
    """WeasyPrint cannot be loaded; the message says in one line what to install."""


class PictureTooLarge(PrintingFault):
    """A picture would take more memory than a page may."""


class AssetRefused(PrintingFault):
    """A template asked for something that is not one of its own files."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asset:
    """A file that a printed page may show, held in memory."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Press:
    """WeasyPrint with our fonts, one per process. Not safe to share between threads at once."""

    weasyprint: ModuleType
    urls: ModuleType
    font_configuration: Any


@cache
def press() -> Press:
    """Load WeasyPrint, which takes a second, when the first page is printed."""
    with our_fonts_only():
        try:
            # The rest of the site starts without waiting for these.
            import weasyprint  # noqa: PLC0415
            from weasyprint import urls  # noqa: PLC0415
            from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
        except (ImportError, OSError) as error:
            raise PressMissing(
                "Printing needs Pango. On Debian and Ubuntu:"
                " apt-get install libpangoft2-1.0-0 libharfbuzz-subset0"
            ) from error
        return Press(weasyprint, urls, FontConfiguration())


def insist_on_size(assets: Mapping[str, Asset]) -> None:
    """Look at the heads of pictures, before anybody unpacks them. Raises PictureTooLarge."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - it comes with WeasyPrint

    for name, asset in assets.items():
        if not asset.media_type.startswith("image/") or asset.media_type == "image/svg+xml":
            continue
        try:
            with Image.open(BytesIO(asset.content)) as picture:
                width, height = picture.size
        except (UnidentifiedImageError, OSError):
            continue  # The press says itself what it cannot read.
        except Image.DecompressionBombError as error:
            raise PictureTooLarge(f"{name}: {error}") from error
        if width * height > MOST_PIXELS:
            raise PictureTooLarge(
                f"{name} has {width} by {height} pixels; {MOST_PIXELS:,} are the most."
            )


@contextmanager
def refusals() -> Iterator[None]:
    """Raise AssetRefused when the press was stopped by a closed fetcher."""
    try:
        yield
    except press().urls.FatalURLFetchingError as error:
        raise AssetRefused(f"A printed page may not fetch {error}") from error


def closed_fetcher(assets: Mapping[str, Asset]) -> Any:
    """Make a fetcher that knows the given assets by name and stops the press at anything else.

    No file, no network address, no redirect, no ``data:``: a page shows what it was handed, and
    a document with a part missing is not printed at all.
    """
    urls = press().urls

    class ClosedFetcher(urls.URLFetcher):  # type: ignore[misc, name-defined]
        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002
            asset = assets.get(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
            if asset is None:
                # Not an Exception: WeasyPrint would catch one and print without the asset.
                raise urls.FatalURLFetchingError(url)
            return urls.URLFetcherResponse(url, asset.content, {"Content-Type": asset.media_type})

    return ClosedFetcher(allowed_protocols=("asset",), allow_redirects=False, fail_on_errors=True)
