"""Cohorts: their registers, the people in them, and invitations."""
