"""What a choice is worth elsewhere, beside what it is worth here."""

from collections.abc import Sequence
from decimal import Decimal

from course_engine.exchange.losses import Losses

_NEAR = Decimal("0.001")


def tell(
    shares: Sequence[Decimal],
    right: Sequence[bool],
    lines: Sequence[int],
    losses: Losses,
    *,
    one: bool,
) -> None:
    """Tell of every choice whose share of the points would be another here.

    Where one may be chosen, it earns everything or nothing. Where several may, every right one
    earns an equal share and every wrong one costs as much.
    """
    equal = Decimal(1) / max(sum(right), 1)
    for share, good, line in zip(shares, right, lines, strict=True):
        here = (Decimal(1) if good else Decimal(0)) if one else (equal if good else -equal)
        if abs(share - here) > _NEAR:
            reason = f"here it is worth {_percent(here)} %. Look whether that is meant."
            losses.part(line, "weight", f"the weight of {_percent(share)} %", reason)


def _percent(share: Decimal) -> str:
    return f"{float(share * 100):.6g}"
