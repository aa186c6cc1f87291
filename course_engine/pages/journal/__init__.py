"""For administrators: who did what, and when."""
