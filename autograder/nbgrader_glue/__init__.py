"""What puts the runner and the judge inside nbgrader, by its own extension points."""
