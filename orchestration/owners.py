"""Who answers for what, as Dagster shows it."""

DATA = ["team:analytics-engineering"]
QUALITY = ["team:call-quality"]
