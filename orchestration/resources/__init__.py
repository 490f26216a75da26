"""What assets are given: where the lakehouse is, dbt on it, and a progress bar."""
