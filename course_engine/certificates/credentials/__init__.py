"""A certificate that a program can check: Open Badges 3.0, signed, with its standing."""
