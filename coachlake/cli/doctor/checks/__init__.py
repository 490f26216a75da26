"""One module a check: a function `check(settings)` that yields findings. Being here is being run."""
