"""QTI 2.1, 2.2 and 3.0: questions as XML, alone or in a package."""
