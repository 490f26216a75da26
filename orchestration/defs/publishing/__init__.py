"""What readers see: published tables, 1:1 packs."""
