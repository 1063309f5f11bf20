"""What the grader and the warm process agree on.

Their words are one byte each, so that there is nothing to keep.
"""

# A job; its socket comes with the word.
JOB = b"j"
# Ready for many submissions, or for one alone.
MANY, ONE = b"m", b"1"
# After a submission: all is as it was before, or something is not.
CLEAN, SPENT = b"c", b"s"
# So many times as long as its limit says may a submission take that waits for processors.
MOST_WAITING = 4
# What the warm process is called with if there are no walls.
TRUSTED = "trusted"
