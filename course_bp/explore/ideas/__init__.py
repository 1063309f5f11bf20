"""One exploration a module: an idea of the lectures as a scene, and the function that shows it."""
