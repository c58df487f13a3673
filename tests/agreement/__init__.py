"""Stories about agreements."""
