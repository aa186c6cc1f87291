"""Course Engine: training courses for peer supporters, from Markdown to a certificate."""
