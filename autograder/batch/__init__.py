"""A unit for a whole class: many workers, one writer, the students' pages."""
