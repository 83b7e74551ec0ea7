"""Many listings: read, kept, folded, counted and ranked; pure functions over records."""
