"""What runs beside student code, and nothing else: no expected value, no verdict."""
