"""What runs inside the sandbox. Nothing here holds an expected value or gives a verdict."""
