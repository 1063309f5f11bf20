"""Files: written whole, read with limits, and what was dealt with last."""
