"""What arrives: the night's batch, outcomes, and the sensor on the landing zone."""
