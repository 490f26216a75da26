"""How good is it? Every signal against people's labels, in one run: `coachlake eval DIR`.

`result.py` is what a task gives back, `measure.py` the figures, `sets/` reads labelled sets as they are published,
`tasks/` holds one task a file: a function of the folder and the shared kit that returns its results; `kept.py` writes
them as they end. `labelled/` is the project's own held-out lists, `said.py` what the product says in their words.
`forms.py` and `dialogues.py` change the form of real dialogues; `reading/` has people judge evidence blind.
"""
