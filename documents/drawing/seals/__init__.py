"""Company seals and name chops, drawn from words."""
