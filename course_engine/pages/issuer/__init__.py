"""Who issues certificates here, and with which keys: for people and for programs."""
