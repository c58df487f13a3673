"""Tables of people: templates to fill in, files read in a sandbox, failures to download."""
