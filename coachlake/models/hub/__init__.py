"""Models of a hub: found where they were fetched to, checked against their lock, and loaded with no network."""
