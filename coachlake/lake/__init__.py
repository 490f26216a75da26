"""The lake: raw table contracts, connections and transactions. Knows DuckDB and Arrow, not Ray or Dagster."""
