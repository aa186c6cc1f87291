"""Facts in, a document out."""
