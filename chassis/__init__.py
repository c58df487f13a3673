"""What every process of the suite stands on; no business word lives here."""
