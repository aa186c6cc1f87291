"""Where the files that travel with the program stand: templates and the shipped curriculum."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
# A wheel carries them inside the package; a checkout has them beside it.
_ROOT = _PACKAGE / "shipped" if (_PACKAGE / "shipped").is_dir() else _PACKAGE.parent

TEMPLATES = _ROOT / "templates"
STYLE_TOKENS = _PACKAGE / "static" / "css" / "tokens.css"
SHIPPED_CURRICULUM = _ROOT / "curriculum"
