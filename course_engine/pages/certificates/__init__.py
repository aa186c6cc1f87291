"""A person's own certificates."""
