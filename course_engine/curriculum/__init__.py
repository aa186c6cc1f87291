"""Files in, courses out: what authors write, read into frozen values."""
