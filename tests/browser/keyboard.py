"""A person who has no mouse: Tab, Space, arrows, Enter and letters, and focus always in sight."""

from contextlib import nullcontext

from playwright.sync_api import Page

FARTHEST = 60

# Focus is seen by an outline or a ring, on the element itself or on the label around it.
SEEN = """() => {
  const here = document.activeElement;
  const ringed = (element) => {
    if (!element) return false;
    const style = getComputedStyle(element);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return outlined || style.boxShadow !== "none";
  };
  const box = here.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return inside && (ringed(here) || ringed(here.closest("label")));
}"""
LABEL = """() => {
  const here = document.activeElement;
  const named = here.getAttribute("aria-labelledby");
  const label = named ? document.getElementById(named) : here.labels?.[0];
  return (here.getAttribute("aria-label") ?? (label ?? here).innerText).trim();
}"""


class Keyboard:
    """Moves through a page by keys alone; fails where focus cannot be seen."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def press(self, key: str) -> None:
        """Press one key."""
        self._page.keyboard.press(key)

    def write(self, words: str) -> None:
        """Type words into what has the focus."""
        self._page.keyboard.type(words)

    def label(self) -> str:
        """Return how what has the focus is called."""
        return str(self._page.evaluate(LABEL))

    def reach(self, selector: str, *, fresh: bool = False) -> None:
        """Press Tab until something of this kind has the focus; ``fresh`` moves on first."""
        for step in range(FARTHEST):
            if (step or not fresh) and self._at(selector):
                return
            self._tab()
        raise AssertionError(f"{selector} cannot be reached by Tab on {self._page.url}")

    def follow(self, name: str, *, stays: bool = False) -> None:
        """Press Tab to the link or button of this name, and Enter on it; a new page comes."""
        for _ in range(FARTHEST):
            if self._at("main a, main button") and self.label().startswith(name):
                with nullcontext() if stays else self._page.expect_navigation():
                    self.press("Enter")
                return
            self._tab()
        raise AssertionError(f"“{name}” cannot be reached by Tab on {self._page.url}")

    def choose(self, selector: str, label: str) -> None:
        """Choose one of a group of round buttons: Tab to the group, then arrows."""
        self.reach(selector)
        self.press("Space")
        for _ in range(FARTHEST):
            if self.label().startswith(label):
                return
            self.press("ArrowDown")
            self._look()
        raise AssertionError(f"“{label}” cannot be reached by arrows on {self._page.url}")

    def pick(self, words: str) -> None:
        """Pick an option of a list by typing how it begins."""
        self.write(words)
        shown = self._page.evaluate("document.activeElement.selectedOptions[0].text")
        assert shown == words

    def _at(self, selector: str) -> bool:
        return bool(self._page.evaluate("at => document.activeElement.matches(at)", selector))

    def _tab(self) -> None:
        self.press("Tab")
        self._look()

    def _look(self) -> None:
        if self._at("body"):  # Past the end of the page focus goes to the browser's own frame.
            return
        assert self._page.evaluate(SEEN), f"focus cannot be seen on {self.label()!r}"
