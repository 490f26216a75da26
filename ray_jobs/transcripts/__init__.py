"""Transcripts a team already has, read into conversations: WhisperX, Amazon Transcribe, WebVTT, SRT, our own JSON."""

from ray_jobs.transcripts.read import TRANSCRIPT_SUFFIXES, read_transcript
from ray_jobs.transcripts.segments import UnreadableTranscriptError

__all__ = ["TRANSCRIPT_SUFFIXES", "UnreadableTranscriptError", "read_transcript"]
