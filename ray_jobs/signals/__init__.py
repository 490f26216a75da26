"""Soft-skill signals: pure functions over turns, each with its definition, threshold and source."""

from ray_jobs.signals.extract import extract_signals
from ray_jobs.signals.kit import SignalKit, load_signal_kit

__all__ = ["SignalKit", "extract_signals", "load_signal_kit"]
