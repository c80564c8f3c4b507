"""Open data asked of its publishers, only when somebody asks for it."""
