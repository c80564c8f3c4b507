"""Find and keep: from client postcodes to evidence, and from evidence to places to go."""
