"""How many questions each stratum gives: the cheapest way to meet every minimum, or why none does.

A flow: from the strata, which give exactly so many, through signatures to the minimums. A question
counts once. The cheapest questions of each stratum come first; then each missing unit travels along
the cheapest path of exchanges, which keeps the whole as cheap as it can be (successive shortest
paths). Where no path is left, what can reach the missing minimum is a minimum cut, and names it.
"""

from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice

Signature = frozenset[str]
"""Those of the minimums that a question can count for."""

_Node = Signature | str | int | None
_Path = list[tuple[_Node, _Node]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Stratum:
    """``count`` questions are taken here. ``groups`` holds their costs, the lowest first.

    Questions of one group are exchanged freely, so only their costs and their number matter.
    """

    count: int
    groups: Mapping[Signature, Sequence[int]]

    def held(self, names: Signature) -> int:
        """Return how many of the questions to be taken could count for these minimums."""
        held = sum(len(costs) for signature, costs in self.groups.items() if signature & names)
        return min(self.count, held)


@dataclass(frozen=True, kw_only=True, slots=True)
class Apportioned:
    """How many each stratum takes of each group, and how many of a signature count for nothing."""

    taken: tuple[Mapping[Signature, int], ...]
    free: Mapping[Signature, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shortfall:
    """Minimums that cannot be met together, and how many each stratum can give to them."""

    names: Signature
    needed: int
    given: tuple[int, ...]


def apportion(strata: Sequence[Stratum], minimums: Mapping[str, int]) -> Apportioned | Shortfall:
    """Return the cheapest way to take from every stratum so that each minimum is met.

    Every stratum must hold at least as many questions as are taken from it.
    """
    flow = _Flow(strata, minimums)
    for name in minimums:
        while flow.missing[name]:
            path = flow.cheapest(name)
            if path is None:
                names = flow.cut(name)
                return Shortfall(
                    names=names,
                    needed=sum(minimums[each] for each in names),
                    given=tuple(stratum.held(names) for stratum in strata),
                )
            flow.follow(path, name)
    return Apportioned(taken=tuple(flow.taken), free=flow.free)


class _Flow:
    """What is taken so far, and for which minimum it counts."""

    def __init__(self, strata: Sequence[Stratum], minimums: Mapping[str, int]) -> None:
        self._strata = strata
        self.missing = dict(minimums)
        self.taken = [_cheapest_of(stratum) for stratum in strata]
        self.free: Counter[Signature] = sum(self.taken, Counter())
        self._counted: Counter[tuple[Signature, str]] = Counter()
        signatures = {each for stratum in strata for each in stratum.groups}
        self._signatures = sorted(signatures, key=lambda each: (len(each), sorted(each)))
        # What is there already counts at no cost: these are the shortest paths of all.
        for signature in self._signatures:
            for name in sorted(signature):
                found = min(self.free[signature], self.missing[name])
                self.free[signature] -= found
                self.missing[name] -= found
                self._counted[signature, name] += found

    def cheapest(self, name: str) -> _Path | None:
        """Find the cheapest way to one more question that counts for this minimum."""
        distance: dict[_Node, int] = {None: 0}
        before: dict[_Node, _Node] = {}
        waiting = deque[_Node]([None])
        while waiting:
            at = waiting.popleft()
            for after, cost in self._ways(at):
                length = distance[at] + cost
                if after not in distance or length < distance[after]:
                    distance[after] = length
                    before[after] = at
                    if after not in waiting:
                        waiting.append(after)
        if name not in distance:
            return None
        path: _Path = []
        node: _Node = name
        while node is not None:
            path.append((before[node], node))
            node = before[node]
        return path[::-1]

    def follow(self, path: _Path, name: str) -> None:
        """Take and count what the path to this minimum says."""
        self.missing[name] -= 1
        for node, after in path:
            match node, after:
                case None, frozenset():
                    self.free[after] -= 1
                case frozenset(), str():
                    self._counted[node, after] += 1
                case str(), frozenset():
                    self._counted[after, node] -= 1
                case frozenset(), int():
                    self.taken[after][node] -= 1
                case int(), frozenset():
                    self.taken[node][after] += 1

    def cut(self, name: str) -> Signature:
        """Return the minimums that compete with this one for the same questions, and itself."""
        reaching: set[_Node] = {name}
        grown = -1
        nodes: list[_Node] = [*self._signatures, *self.missing, *range(len(self._strata))]
        while grown != len(reaching):
            grown = len(reaching)
            for node in nodes:
                if any(after in reaching for after, _ in self._ways(node)):
                    reaching.add(node)
        return frozenset(node for node in reaching if isinstance(node, str))

    def _ways(self, node: _Node) -> list[tuple[_Node, int]]:
        """Return where one unit can go from here, and what that costs."""
        match node:
            case None:  # What counts for nothing so far.
                return [(each, 0) for each in self._signatures if self.free[each]]
            case str():
                return [(each, 0) for each in self._signatures if self._counted[each, node]]
            case int():
                groups, taken = self._strata[node].groups, self.taken[node]
                return [
                    (each, costs[taken[each]])
                    for each, costs in groups.items()
                    if taken[each] < len(costs)
                ]
            case _:
                ways: list[tuple[_Node, int]] = [(name, 0) for name in sorted(node)]
                ways += [
                    (at, -self._strata[at].groups[node][taken[node] - 1])
                    for at, taken in enumerate(self.taken)
                    if taken[node]
                ]
                return ways


def _cheapest_of(stratum: Stratum) -> Counter[Signature]:
    marked = (
        [(cost, sorted(signature)) for cost in costs] for signature, costs in stratum.groups.items()
    )
    cheapest = islice(merge(*marked), stratum.count)
    return Counter(frozenset(signature) for _, signature in cheapest)
