"""Show: one file per map layer."""
