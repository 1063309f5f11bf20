"""Unit 04: the student's own autograd engine, from single operations to broadcasting."""
