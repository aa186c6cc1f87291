"""Our own stylesheet and scripts, each served once under an address that changes with it."""

import hashlib
import re
from pathlib import Path

from flask import Flask, Response, url_for

from course_engine.errors import Missing
from course_engine.web.access import EVERYONE, audience
from course_engine.web.headers import LASTING

_IMPORT = re.compile(r"""@import\s+(?:url\()?["']([^"']+)["']\)?(?:\s+layer\(([\w.]+)\))?\s*;""")
MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}


def init_app(app: Flask) -> None:
    """Join the stylesheet's parts into one file at start, and serve each file under its digest."""
    folder = Path(str(app.static_folder))
    bundles = {
        "site.css": joined(folder / "css" / "site.css").encode(),
        **{path.name: path.read_bytes() for path in sorted((folder / "js").glob("*.js"))},
    }
    addresses = {name: _stamped(name, content) for name, content in bundles.items()}
    by_address = {address: bundles[name] for name, address in addresses.items()}

    @app.get("/bundle/<name>")
    @audience(EVERYONE)
    def bundle(name: str) -> Response:
        content = by_address.get(name)
        if content is None:
            raise Missing
        return Response(
            content,
            content_type=MEDIA_TYPES[Path(name).suffix],
            headers={"Cache-Control": LASTING},
        )

    def bundle_url(name: str) -> str:
        return url_for("bundle", name=addresses[name])

    app.jinja_env.globals["bundle_url"] = bundle_url


def joined(stylesheet: Path) -> str:
    """Replace each ``@import`` of a stylesheet by the file it names, keeping its layer."""

    def include(match: re.Match[str]) -> str:
        text = joined(stylesheet.parent / match[1])
        return f"@layer {match[2]} {{\n{text}\n}}" if match[2] else text

    return _IMPORT.sub(include, stylesheet.read_text(encoding="utf-8"))


def _stamped(name: str, content: bytes) -> str:
    path = Path(name)
    return f"{path.stem}.{hashlib.sha256(content).hexdigest()[:12]}{path.suffix}"
