"""Run the command line as ``python -m course_engine``."""

from course_engine.cli import main

main()
