"""Who may do what to a report, what follows what, and what is said about it."""
