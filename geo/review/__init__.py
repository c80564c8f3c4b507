"""The annual review: what is taken in, kept and frozen."""
