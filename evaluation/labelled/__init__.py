"""What is measured on: the project's own held-out moments, and overlaps of primock57."""
