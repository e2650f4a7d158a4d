"""Great Expectations suites that decide whether a night is published."""
