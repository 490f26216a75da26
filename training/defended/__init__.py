"""Which moments readers defend: conversations written for this project, readers' verdicts on what the product finds in
them, and the head that learns from these (`coachlake/scoring/defended.py`).

`dialogues/*.jsonl` were written in passes, each blind to the code and to every labelled set; `verdicts.jsonl` holds one
reader's word on each moment drawn from them, read as a page without knowing how sure the product was.
"""
