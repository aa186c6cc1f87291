"""Role-plays as trainees see them: the situation, asking for a sitting, what was said of each."""
