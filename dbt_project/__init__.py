"""The marts: dbt models, and the statistics they call that SQL cannot do well."""
