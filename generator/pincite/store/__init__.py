"""What was parsed and linked, kept from one build to the next; losing it costs only time."""
