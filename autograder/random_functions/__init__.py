"""Random forward functions: small programs, drawn so that a backward pass over them can be judged.

A `Program` (`program`) is a list of lines over a table of operations (`operations`). From it follow
the function, the text that a student reads, and how many operations, fan-outs and paths it has.
`graphs`, `networks` and `losses` draw programs; `bounds` and `ordinary` refuse those whose values
are too large, too small or at a kink. `derived_program` makes an ordinary exercise of a program.
"""
