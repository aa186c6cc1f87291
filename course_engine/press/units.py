"""The blocks of a page whose text differs from person to person, and how they are filled anew."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

from course_engine.press.layouts import (
    MARK,
    CannotStamp,
    Layout,
    family,
    lay_out_again,
    parts,
    texts_of,
)

_MOST_COPIES = 256
_NEAR = 1e-4  # Pixels: a thousandth of what a printer can show.


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """How one text is set, in points and millimeters; ``leading`` is the height of a line."""

    size: float
    width: float
    anywhere: bool
    leading: float | None = None


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A block that can be laid out alone, because nothing outside depends on what it holds."""

    before: Any
    after: Any
    around: Any
    copies: dict[Any, Any] = field(default_factory=dict)

    @cached_property
    def classes(self) -> frozenset[str]:
        """The classes of all elements in the block."""
        elements = (box.element for box, _ in family(self.before) if box.element is not None)
        return frozenset(name for found in elements for name in found.get("class", "").split())

    def filled(
        self, context: Any, texts: Mapping[str, str], settings: Mapping[str, Setting]
    ) -> Any:
        """Lay the block out with other texts. Raises CannotStamp where it changes its size."""
        _, box, lines = self._copy(settings)
        for line, text in lines:
            line.text = replaced(text, texts)
        new = lay_out_again(context, box, self.after, self.around)
        if not new.is_absolutely_positioned() and not _same_room(new, self.after):
            raise CannotStamp("a text needs more room than its box has")
        return new

    def started(self, settings: Mapping[str, Setting]) -> tuple[Any, list[tuple[Any, str]]]:
        """Return the settings in force, and its texts as they are before layout."""
        own, _, lines = self._copy(settings)
        return own, lines

    def _copy(self, settings: Mapping[str, Setting]) -> tuple[Any, Any, list[tuple[Any, str]]]:
        """Return the block as it was before layout, in these settings; styles are dear."""
        own = tuple((name, setting) for name, setting in settings.items() if name in self.classes)
        if own not in self.copies:
            if len(self.copies) >= _MOST_COPIES:
                self.copies.clear()
            box = _copied(self.before, self.before.style.parent_style, dict(own))
            self.copies[own] = own, box, [(line, line.text) for line in texts_of(box)]
        return self.copies[own]  # type: ignore[no-any-return]


def units(layout: Layout, texts: Sequence[str]) -> list[Unit]:
    """Find the blocks around everything marked as a person's that holds one of the texts."""
    inner = parts()
    blank = dict.fromkeys(texts, "")
    before: dict[Any, Any] = {}
    for box, _ in family(layout.before):
        if box.element is not None:
            before.setdefault((box.element, box.element_tag), box)
    found: dict[int, Unit] = {}
    for box, ancestors in family(layout.page):
        if box.element is None or box.element.get(MARK) is None:
            continue
        if all(replaced(line.text, blank) == line.text for line in texts_of(box)):
            continue
        chain = [part for part in (*ancestors, box) if not isinstance(part, inner.boxes.PageBox)]
        own = _independent(chain)
        around = _containing(own, [layout.page, *chain[: chain.index(own)]])
        start = before[own.element, own.element_tag]
        found.setdefault(id(own), Unit(before=start, after=own, around=around))
    return list(found.values())


def _independent(chain: Sequence[Any]) -> Any:
    """Choose the innermost block in whose ancestors no width follows from what they hold."""
    inner = parts()
    own = next(box for box in reversed(chain) if isinstance(box, inner.boxes.BlockLevelBox))
    for parent, box in pairwise(chain):
        if box is own:
            break
        if _sized_by_content(parent, box):
            own = box if box.is_absolutely_positioned() else parent
            break
    # A block that holds both blocks and text has nameless ones inside, of the same element.
    same = (own.element, own.element_tag)
    return next(box for box in chain if (box.element, box.element_tag) == same)


def _sized_by_content(parent: Any, box: Any) -> bool:
    inner = parts().boxes
    if box.is_absolutely_positioned():
        sides = (box.style["left"], box.style["right"])
        return bool(box.style["width"] == "auto" and "auto" in sides)
    if isinstance(parent, inner.FlexContainerBox | inner.GridContainerBox):
        return bool(box.style["width"] == "auto")
    aside = inner.InlineBlockBox | inner.TableBox | inner.TableCellBox
    return bool(box.is_floated() or isinstance(box, aside))


def _containing(own: Any, outer: Sequence[Any]) -> Any:
    """Find the box that ``own`` is placed in."""
    inner = parts().boxes
    if own.is_absolutely_positioned():
        placed = (box for box in reversed(outer) if box.style["position"] != "static")
        return next(placed, outer[0])
    return next(box for box in reversed(outer) if isinstance(box, inner.BlockContainerBox))


def _copied(box: Any, parent_style: Any, settings: Mapping[str, Setting]) -> Any:
    inner = parts()
    copy = box.copy()
    if isinstance(copy.style, inner.css.AnonymousStyle):
        copy.style = parent_style.anonymous_style
    else:
        copy.style = _restyled(box, parent_style, settings)
    if isinstance(copy, inner.boxes.ParentBox):
        copy.children = [_copied(child, copy.style, settings) for child in copy.children]
    return copy


def _restyled(box: Any, parent_style: Any, settings: Mapping[str, Setting]) -> Any:
    """Cascade a box's style again below its parent's new one, with its setting in force."""
    classes = [] if box.element is None else box.element.get("class", "").split()
    setting = next((settings[name] for name in classes if name in settings), None)
    if setting is None and parent_style is box.style.parent_style:
        return box.style
    style = box.style
    cascaded = style.cascaded
    if setting is not None:
        cascaded = {**cascaded, **_declared(setting, cascaded)}
    return type(style)(
        parent_style,
        cascaded,
        style.pseudo_type,
        style.root_style,
        style.base_url,
        style.font_config,
        style.initial_page_sizes,
    )


def _declared(setting: Setting, cascaded: Mapping[str, Any]) -> dict[str, Any]:
    length = parts().properties.Dimension
    wanted: dict[str, Any] = {
        "font_size": length(setting.size, "pt"),
        "width": length(setting.width, "mm"),
        "overflow_wrap": "anywhere" if setting.anywhere else "normal",
    }
    if setting.leading is not None:
        wanted["line_height"] = length(setting.leading, "mm")
    weight = cascaded["font_size"][1]
    return {name: (value, weight) for name, value in wanted.items()}


def replaced(text: str, texts: Mapping[str, str]) -> str:
    """Put each person's own texts in place of those that the mold was made with."""
    return _any_of(tuple(texts)).sub(lambda found: texts[found[0]], text) if texts else text


@lru_cache(maxsize=64)
def _any_of(texts: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(texts, key=len, reverse=True))))


def _same_room(one: Any, other: Any) -> bool:
    pairs = (
        (one.position_x, other.position_x),
        (one.position_y, other.position_y),
        (one.margin_width(), other.margin_width()),
        (one.margin_height(), other.margin_height()),
    )
    return all(abs(a - b) < _NEAR for a, b in pairs)
