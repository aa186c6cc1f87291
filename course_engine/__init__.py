"""Course Engine: training courses for peer supporters, from Markdown to a certificate."""

__version__ = "0.1.0"
