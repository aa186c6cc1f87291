"""Answers of many people counted as they go by, in memory that does not grow with the people."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

ROUNDED = 6
"""Decimals kept of a sum of marks, so that equal sums are counted together."""


class Tally:
    """Counts of one quiz: how often each mark met each rest, and who picked what.

    A person's *rest* is what the same paper earned without the question. Marks and percents take
    few values, so the counts stay small whatever the number of papers.
    """

    def __init__(self) -> None:
        self.percents: Counter[int] = Counter()
        self.totals: Counter[float] = Counter()
        # question -> (mark, rest) -> how many papers
        self.marks: defaultdict[str, Counter[tuple[float, float]]] = defaultdict(Counter)
        # question -> percent of the whole paper -> how many papers
        self.abilities: defaultdict[str, Counter[int]] = defaultdict(Counter)
        # question -> what was picked -> percent of the whole paper -> how many papers
        self.picks: defaultdict[str, dict[str, Counter[int]]] = defaultdict(dict)
        # place on the paper -> mark -> how many papers
        self.places: list[Counter[float]] = []

    @property
    def papers(self) -> int:
        """How many papers were counted."""
        return self.percents.total()

    def add(self, marks: Sequence[tuple[str, float]], percent: int) -> None:
        """Count one paper: the points earned by each question in the order of the paper.

        A question without a name counts for the paper, and is not looked at itself.
        """
        total = round(sum(mark for _, mark in marks), ROUNDED)
        self.percents[percent] += 1
        self.totals[total] += 1
        while len(self.places) < len(marks):
            self.places.append(Counter())
        for place, (question, mark) in zip(self.places, marks, strict=False):
            place[mark] += 1
            if question:
                self.marks[question][mark, round(total - mark, ROUNDED)] += 1

    def pick(self, picked: Mapping[str, Iterable[str]], percent: int, *, most: int = 300) -> None:
        """Count what one paper's answers picked, question by question.

        Of one question at most ``most`` different things are kept apart; the rest is counted as
        ``OTHER``, so that free text cannot fill the memory.
        """
        for question, options in picked.items():
            self.abilities[question][percent] += 1
            known = self.picks[question]
            for option in options:
                kept = option if option in known or len(known) < most else OTHER
                known.setdefault(kept, Counter())[percent] += 1


OTHER = "other"
"""What stands for every answer that was not kept apart."""
