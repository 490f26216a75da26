"""Great Expectations suites over the lake's tables."""
