"""HTML and what it may show in, pages out: WeasyPrint behind one closed door."""
