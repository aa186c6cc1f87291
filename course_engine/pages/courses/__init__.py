"""The catalog, a course with how far somebody is, and what is left."""
