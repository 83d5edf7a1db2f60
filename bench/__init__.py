"""What ``make bench`` measures: the figures of speed, printed, not asserted."""
