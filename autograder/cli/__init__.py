"""The `course-bp` command: one file per verb, each a thin layer over what does the work."""
