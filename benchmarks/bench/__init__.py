"""A night against the recogniser alone and against what teams write, on the same audio in the same sitting."""
