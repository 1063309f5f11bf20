"""The networks of the lectures, with their passes written out line by line as on the slides."""
