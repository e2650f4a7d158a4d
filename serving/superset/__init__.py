"""Dashboards for Apache Superset, written down in brief."""
