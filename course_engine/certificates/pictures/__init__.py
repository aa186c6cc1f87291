"""Small pictures of a certificate: the badge, and the card that is shown where a link is shared."""
