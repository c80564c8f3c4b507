"""Where to go: which sites reach the most need."""
