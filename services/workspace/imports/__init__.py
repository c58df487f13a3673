"""Adding many people at once: rows by hand or from files are checked, then all good ones are invited."""
