"""The act model: the example bank, how it is varied and learned from, and how the result is written for use."""
