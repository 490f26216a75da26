"""How the model of `coachlake.conversations.boundaries` was trained: `python -m training.boundaries.train`."""
