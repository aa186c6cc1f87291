"""For authors: what is wrong with the files, what they will look like, and publishing them."""
