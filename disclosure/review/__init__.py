"""The office reads one report."""
