"""For coordinators: what is arranged for a person, and more time or attempts for them."""
