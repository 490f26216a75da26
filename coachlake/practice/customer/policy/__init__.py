"""What the customer does next: (state, the rep's acts) → (next state, the customer's acts). Pure functions."""
