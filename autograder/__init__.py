"""The grader, in the order in which a submission passes through it.

    exercise      what an exercise is; exercises/ holds ours, one folder per unit, and how a course
                  adds its own
    inside        everything that runs beside student code in the sandbox, and only that
    runner        the grader's end: a job goes in, an outcome comes back as checked data
    judge         is each part right, and if not, which mistake is it?
    feedback      the words of a verdict, hints, and what a notebook shows of them
    course        a course folder: paths, texts, releases, roster, secret, doctor
    grading       one submission: read, rebuilt, run, judged
    records       nbgrader's gradebook, the audit trail, before and after a regrade
    batch         a whole class: many workers, one writer, the students' pages
    nbgrader_plugins   what nbgrader_config.py names, so that stock nbgrader grades the same way
    exports, report    what other systems read, and what a TA reads
    bank          every known mistake and every right answer, over many seeds
    cli           the `course-bp` command, one file per verb
    check, variant, practice, progress    the students' side: what their notebooks import
    derived, random_functions    exercises from a forward function, and functions drawn at random
    files         writing files whole, reading hostile ones, cleaning their text, and what was
                  dealt with last
    nbgrader_glue, collecting    say where earlier names went

Imports run downward only, from the command to `inside` and `files`; `lint-imports` checks
this. docs/architecture.md explains the two ideas behind all this and walks through both.
"""
