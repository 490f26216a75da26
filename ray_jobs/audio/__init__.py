"""Recordings as arrays: decoding, channels, quality, voice tone. Pure functions, no models but the pitch tracker."""

from ray_jobs.audio.decode import SAMPLE_RATE_HZ, Audio, UnreadableAudioError, decode

__all__ = ["SAMPLE_RATE_HZ", "Audio", "UnreadableAudioError", "decode"]
