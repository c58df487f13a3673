"""What the services promise each other: the catalogue of events, who subscribes to what, an example of each."""
