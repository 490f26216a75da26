"""Great Expectations suites as asset checks: a failed blocking one keeps what comes after it from running."""
