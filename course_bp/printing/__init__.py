"""A recorded graph in writing: as lines of NumPy, or as a formula.

`expressions` shares and simplifies what was recorded (`simplification`), `lines` writes NumPy,
`notation` writes one formula, and `source` and `compiled` make a function of the whole.
"""
