"""Rubrics: behavioural anchors a team writes in YAML, checked on load with messages a QA lead can act on."""
