"""Quizzes and exams: starting, answering, handing in, results."""
