"""How figures, times and intervals are shown, the same in the app and in packs."""
