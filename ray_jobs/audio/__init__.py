"""Recordings as arrays: decoding, channels, quality, voice tone. Pure functions, no models but the pitch tracker."""

from ray_jobs.audio.decode import SAMPLE_RATE_HZ, Audio, UnreadableAudioError, decode
from ray_jobs.audio.speech import Span, speech_spans

__all__ = ["SAMPLE_RATE_HZ", "Audio", "Span", "UnreadableAudioError", "decode", "speech_spans"]
