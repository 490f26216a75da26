"""Listening: recordings into conversations, with who spoke when, what was said and how it sounded."""

from ray_jobs.hearing.listener import Listener

__all__ = ["Listener"]
