"""What faces show: from one face at one time to the figures of a class."""
