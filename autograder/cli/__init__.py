"""The `course-bp` command: one file a verb, each thin over what does the work."""
