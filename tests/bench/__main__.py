"""Run the benchmark: ``make bench``, or ``make bench ARGS="--quick"``."""

import sys
from pathlib import Path

# Run as a folder, Python looks for modules here; the tests are found from the root.
sys.path[0] = str(Path(__file__).parents[2])

from tests.bench.run import main  # noqa: E402 - after the line above

main()
