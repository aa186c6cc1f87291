"""For administrators: who may sign in, and what they may do."""
