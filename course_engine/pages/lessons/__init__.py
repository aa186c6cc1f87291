"""Reading: lessons, their checks and their private boxes."""
