"""Great Expectations over the lake's tables: what must hold before anything is published."""

from data_quality.expect import Expected
from data_quality.mart_suite import mart_expectations
from data_quality.raw_suite import raw_expectations
from data_quality.run import CheckResult, check_marts, check_raw_nights

__all__ = ["CheckResult", "Expected", "check_marts", "check_raw_nights", "mart_expectations", "raw_expectations"]
