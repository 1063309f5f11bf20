"""The words between the grader and the warm process: one byte each, so there is nothing to keep."""

# A job; its socket comes with the word.
JOB = b"j"
# Ready for many submissions, or for one alone.
MANY, ONE = b"m", b"1"
# After a submission: all is as it was before, or something is not.
CLEAN, SPENT = b"c", b"s"
# What the warm process is called with if there are no walls.
TRUSTED = "trusted"
