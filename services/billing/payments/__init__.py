"""Ways to pay, each behind the same port."""
