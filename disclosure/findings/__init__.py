"""What the checks find, as pages show it to school and office, and what people say to it."""
