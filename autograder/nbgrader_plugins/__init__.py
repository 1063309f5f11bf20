"""All that nbgrader_config.py names: our steps inside nbgrader's."""
