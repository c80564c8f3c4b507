"""Hold the files of a pack against what its frozen aggregates give."""
