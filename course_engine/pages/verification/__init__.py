"""A stranger checks that a certificate is real and in force."""
