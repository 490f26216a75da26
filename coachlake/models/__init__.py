"""Model profiles and their weights: which model does which part, pinned by version and sha256."""
