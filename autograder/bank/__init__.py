"""Every known mistake and every right answer, judged over many seeds."""
