"""Pages to clean text, metadata and the raw tables; knows neither Airflow nor the suites."""
