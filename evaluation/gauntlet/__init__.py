"""Deliveries as they really look, by kind, and what should become of each: right, asked, refused, or silently wrong."""
