"""What Dagster runs, a folder a concern in the order of the data; every file here is loaded."""
