"""Statements that a trainee reads and signs."""
