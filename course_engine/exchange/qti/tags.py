"""Elements of XML as text: names with hyphens are written with underscores by the caller."""

from html import escape


def element(name: str, *inside: str, **attributes: str) -> str:
    """Return an element around text that is XML already."""
    return f"<{name}{_written(attributes)}>{''.join(inside)}</{name}>"


def tag(name: str, **attributes: str) -> str:
    """Return an element with nothing inside."""
    return f"<{name}{_written(attributes)}/>"


def words(text: str) -> str:
    """Return words as XML."""
    return escape(text, quote=False)


def _written(attributes: dict[str, str]) -> str:
    return "".join(
        f' {key.replace("_", "-")}="{escape(value)}"' for key, value in attributes.items()
    )
