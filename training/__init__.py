"""How the models that ship with coachlake were trained, from text whose licence allows it. Not needed to run it."""
