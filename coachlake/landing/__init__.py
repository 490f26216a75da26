"""The landing zone: call facts read and checked, files hashed, duplicates and bad rows named before any model runs."""
