"""The plumbing that every page shares."""
