"""What runs when: the nightly job, its schedule, and the sensor on the landing zone."""
