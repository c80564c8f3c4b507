"""What becomes of what is believed where walks follow finds: a simulation."""
