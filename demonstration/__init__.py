"""A demonstration contact centre: seeded, spoken by the offline voice, with gold labels of all that was put in."""
