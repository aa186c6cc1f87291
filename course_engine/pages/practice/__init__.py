"""Practice: one question at a time, explained at once. Nothing of it counts."""
