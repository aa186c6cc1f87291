"""Receipts: what was handed in, exactly, for the trainee and for whoever runs the cohort."""
