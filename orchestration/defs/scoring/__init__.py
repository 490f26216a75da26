"""From a batch to raw tables: rubrics in force, scored calls, and the checks on them."""
