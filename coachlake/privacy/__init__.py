"""Personal identifiers: found as people say them, taken out before anything is kept."""
