"""What people said of scores, and calibration by it."""
