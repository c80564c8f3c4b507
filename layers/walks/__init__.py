"""What is made of a walkabout for whoever walks it: card, file for a phone, form."""
