"""Unit 06: logistic regression (Case 1), one hidden layer (Case 2), two of them (Quiz 2)."""
