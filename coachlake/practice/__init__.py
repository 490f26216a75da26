"""Practice: a rep plays a situation against a simulated customer and is scored like any call."""
