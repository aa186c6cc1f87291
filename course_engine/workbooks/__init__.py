"""A course in, a book to print out: the trainee's workbook or the facilitator's guide."""
