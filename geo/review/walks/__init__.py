"""What a workspace takes in, keeps and plans of walkabouts."""
