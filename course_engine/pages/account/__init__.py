"""Signing in and out, invitations, passwords, and a person's own account."""
