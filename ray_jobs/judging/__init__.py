"""Judges of meaning: an encoder with heads fitted from written examples, or a stronger model behind the same call."""
