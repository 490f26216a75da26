"""The simulated customer: reads what the rep did, moves inside, and says something."""
