"""What a report is, as a typed and frozen value. Pure."""
