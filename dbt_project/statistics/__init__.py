"""Statistics for dbt's Python models: plain functions over pandas frames. Knows numpy, scipy and statsmodels only."""
