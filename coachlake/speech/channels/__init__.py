"""What the two channels of a recording are: two people, one signal twice, one of them empty; and what leaks."""
