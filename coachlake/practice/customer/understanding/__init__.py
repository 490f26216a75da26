"""What the rep said as dialogue acts, measured by the same signals that score calls."""
