"""What coachlake is installed from: lock files, what is in them, and what is known of it. Not needed to run it."""
