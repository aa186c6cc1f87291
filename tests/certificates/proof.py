"""``make proof``: every name in every design, stamped and plain, compared dot by dot.

It prints what differs, counts which certificates were printed the plain way, and fails when any
picture, text, tag, address or attachment is not the same.
"""

import sys
from collections import Counter
from datetime import date, timedelta
from itertools import product

import click

from course_engine.certificates.design import Design
from course_engine.certificates.names import NotPrintable
from tests.certificates.comparing import compare
from tests.certificates.names_of_many_scripts import NAMES
from tests.certificates.printed import facts

DESIGNS = [
    Design(style=style, page_size=size, orientation=orientation)
    for style, orientation, size in product(
        ("classic", "modern", "engraved"), ("landscape", "portrait"), ("A4", "Letter")
    )
]


def main() -> int:
    ways: Counter[str] = Counter()
    wrong = 0
    for number, (design, name) in enumerate(product(DESIGNS, NAMES)):
        began = date(2024, 1, 1) + timedelta(days=number)
        told = facts(
            legal_name=name, started_on=began, completed_on=began + timedelta(days=number % 200)
        )
        try:
            way, differs = compare(told, design)
        except NotPrintable as refused:
            way, differs = "refused", ""
            click.echo(f"refused: {name!r}: {refused}")
        ways[way] += 1
        if differs:
            wrong += 1
            click.echo(
                f"{design.style} {design.orientation} {design.page_size}, {name!r}: {differs}"
            )
    click.echo(f"{sum(ways.values())} certificates: {dict(ways)}; {wrong} differ.")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
