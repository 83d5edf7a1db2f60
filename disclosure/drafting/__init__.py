"""The school writes its report."""
