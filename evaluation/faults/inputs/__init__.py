"""Bad input of every kind, as data: call facts, recordings, transcripts, rubrics, outcomes, reviews and deliveries.

`run.campaign` lands all of it beside good calls and runs the real nightly job; `fuzz` throws made-up files at each
parser.
"""
