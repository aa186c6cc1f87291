"""What happened, to whom, when."""
