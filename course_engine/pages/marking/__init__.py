"""What waits for assessors, rating it by a rubric, and how far assessors agree."""
