"""Approvals: what lets a course give a credential."""
