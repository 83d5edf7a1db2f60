"""The office runs a year."""
