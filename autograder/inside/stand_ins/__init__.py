"""What stands in the sandbox for modules that must not be there."""
