"""Practice without end: `practice("graphs")` draws a function, and judges numbers or code.

    from autograder.practice import practice

    task = practice("graphs")       # shows a function, its graph, and inputs
    task.answer(da=1.3, dx=-0.42)   # numbers worked out by hand
    task.check(my_backward)         # or a function
    task.hint(), task.solution(), task.next(), practice.record()

`question` draws what is asked, `by_hand` judges numbers, `record` remembers which mistakes were
made, `shown` and `form` show it, and `session` is what a learner holds.
"""

from autograder.practice.session import Practice, practice

__all__ = ["Practice", "practice"]
