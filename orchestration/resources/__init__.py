"""What assets are given: where the lakehouse is, and a progress bar."""
