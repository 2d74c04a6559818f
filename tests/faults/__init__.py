"""Real harm done to the real program: kills, power cuts, full disks, flipped bits, rivals, odd places, hostile names.

``python -m tests.faults --long`` does each harm at length and prints a table; ``test_quick.py`` does a little of each in
the suite, through the same functions. What counts:

- lost: something that the program had said it stored is not there, or a register that was whole no longer opens;
- half: a state that is neither the one before a deed nor the one after it, or a log that disagrees with the tables;
- wrong words: a traceback, a bug's exit code, damage or a wrong passphrase told where there is none, "nothing was stored"
  where it was, no sentence at all;
- leaked: somebody's number, phone or name where it does not belong, or a file that others on the computer may read.
"""
