"""Right of the border: what was published, as pages, files and a search. Reads publications alone."""
