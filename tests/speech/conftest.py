"""A call spoken by the offline voice."""

from tests.spoken import spoken_call

__all__ = ["spoken_call"]
