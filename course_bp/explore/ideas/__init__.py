"""One exploration a module: an idea of the lectures as a scene, and the function that shows it.

`explore.paths` is the function `paths` of `ideas/paths.py`. Modules whose name begins with an
underscore are parts of others.
"""
