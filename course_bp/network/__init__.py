"""Networks of layers: activations, losses, the passes written by hand, and training."""
