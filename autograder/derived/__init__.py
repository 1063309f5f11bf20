"""Exercises derived from a forward function: reference, mistakes, probes, words.

`author.exercise` is what an instructor calls. It records the function (`recorded`), makes a step of
each variable and each adjoint (`steps`), runs every mistake of the table of wrong rules
(`wrong_rules`, `wrong_passes`, `mistakes`), and draws inputs (`probes`). All of it becomes an
ordinary `Exercise`.
"""
