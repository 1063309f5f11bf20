"""What was recorded of a class: the gradebook, the audit trail, regrades."""
