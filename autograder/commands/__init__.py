"""The commands of `course-bp`, a family a module; each is thin over what does the work."""
