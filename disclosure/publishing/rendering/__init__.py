"""Document → PDF. Reads Publication and Document alone."""
