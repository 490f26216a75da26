"""The campaign on real parts: each is killed, starved or spoiled, then the night is run again and compared.

`world.py` is a small contact centre and its processes, `tables.py` what its lake holds, `kills.py` and `damage.py` the
faults, `run.py` all of them one after the other.
"""
