"""Calibration: how far people and the machine agree, what limits it, and cut-points fitted where that helps."""
