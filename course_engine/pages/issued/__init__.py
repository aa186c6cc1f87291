"""Every certificate of the site, for those who answer for them."""
