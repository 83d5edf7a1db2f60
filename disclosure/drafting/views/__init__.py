"""What answers each address: load, act, say, redirect."""
