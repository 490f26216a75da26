"""Who answers for what, as Dagster shows it."""

DATA = ["team:analytics-engineering"]
ANALYTICS = ["team:analytics-engineering", "team:operations"]
QUALITY = ["team:call-quality"]
