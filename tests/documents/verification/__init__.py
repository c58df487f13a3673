"""Verification: genuine files are authentic, forged ones are told."""
