"""Questions that authors already have: read from other formats, written to them."""
