"""Gates that decide whether a night is published, built on Great Expectations. Knows neither Airflow nor extract."""
