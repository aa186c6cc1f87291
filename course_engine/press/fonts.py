"""The fonts that printed pages are set in, and nothing else that a machine may have installed.

Source Serif and Source Sans come as Python packages; Noto, for every other script, comes from
the system. Our own configuration file makes the choice the same on every machine.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from course_engine.press.faults import PrintingFault

_PACKAGES = ("font_source_serif_pro", "font_source_sans_pro")
_SYSTEM_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/opt/homebrew/share/fonts")
_NOTO = ("NotoSerif*", "NotoSans*", "NotoNaskh*")
_VARIABLE = "FONTCONFIG_FILE"

# Color emoji and bitmap fonts are drawn at the wrong size; the Python packages hold every face
# twice, as .ttf and as .otf, and two files of one face would be a matter of chance.
_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  {folders}
  <cachedir>/var/cache/fontconfig</cachedir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  <selectfont>
    <rejectfont><glob>*</glob></rejectfont>
    <acceptfont>
      <glob>*/font_source_serif_pro/*.ttf</glob>
      <glob>*/font_source_sans_pro/*.ttf</glob>
      {noto}
    </acceptfont>
  </selectfont>
  <match target="font">
    <edit name="hinting" mode="assign"><bool>false</bool></edit>
  </match>
</fontconfig>
"""


class FontsMissing(PrintingFault):
    """A declared font package is not installed; the message says which."""


@contextmanager
def our_fonts_only() -> Iterator[None]:
    """Let fontconfig, while it is being loaded, read our configuration instead of the machine's."""
    folders = [*(_package_folder(name) for name in _PACKAGES), *_noto_folders()]
    configuration = _CONFIGURATION.format(
        folders="\n  ".join(f"<dir>{escape(str(folder))}</dir>" for folder in folders),
        noto="\n      ".join(f"<glob>*/{name}</glob>" for name in _NOTO),
    )
    with TemporaryDirectory(prefix="press-fonts-") as place:
        file = Path(place) / "fonts.conf"
        file.write_text(configuration, encoding="utf-8")
        before = os.environ.get(_VARIABLE)
        os.environ[_VARIABLE] = str(file)
        try:
            yield
        finally:
            if before is None:
                del os.environ[_VARIABLE]
            else:
                os.environ[_VARIABLE] = before


def face(package: str, file: str) -> Path:
    """Return the file of one face of a declared font package.

    :raises FontsMissing: the package is not installed.
    """
    return _package_folder(package) / file


def _package_folder(name: str) -> Path:
    found = find_spec(name)
    if found is None or found.origin is None:
        package = name.replace("_", "-")
        raise FontsMissing(f"Printing needs the font package {package}: pip install {package}")
    return Path(found.origin).parent / "files"


def _noto_folders() -> list[Path]:
    # Named one by one: the rule that rejects other fonts also rejects folders found on the way.
    found = {
        file.parent
        for root in _SYSTEM_FOLDERS
        for file in Path(root).rglob("Noto*")
        if any(fnmatchcase(file.name, name) for name in _NOTO)
    }
    return sorted(found)
