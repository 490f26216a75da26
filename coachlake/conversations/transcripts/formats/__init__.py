"""One reader a format: `is_<format>` tells it by its structure, `read_<format>` gives its Transcript."""
