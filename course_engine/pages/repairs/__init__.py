"""Repairing a wrong key: seen before it is done, done for everybody at once, and reversible."""
