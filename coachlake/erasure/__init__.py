"""Forgetting: everything that is kept of a call, a customer or a rep goes, and stays away."""
