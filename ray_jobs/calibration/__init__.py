"""Calibration: how far people and the machine agree, what limits it, and cut-points fitted where that helps."""

from ray_jobs.calibration.calibrate import CriterionCalibration, calibrate
from ray_jobs.calibration.in_force import Mapping, mappings_in_force
from ray_jobs.calibration.reviews import add_review, land_reviews

__all__ = ["CriterionCalibration", "Mapping", "add_review", "calibrate", "land_reviews", "mappings_in_force"]
