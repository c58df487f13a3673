"""Mails: what happened becomes a letter, and the letter is delivered once."""
