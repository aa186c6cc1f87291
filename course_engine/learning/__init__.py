"""How far a trainee is, and whether it is enough."""
