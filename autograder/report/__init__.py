"""What a TA reads of a graded class: numbers, mistakes, students to look at; terminal and page."""
