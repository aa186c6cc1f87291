"""GIFT, the plain-text format of Moodle's question bank."""
