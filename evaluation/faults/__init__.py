"""What goes wrong outside the code, done on purpose: killed parts, full disks, lost files, bad input.

A case ends as one `outcome.Outcome`, whatever it was; `outcome.table` shows them by kind.
"""
