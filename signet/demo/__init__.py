"""`make demo`: a PDF goes through the whole suite by HTTP, as people would take it."""
