"""From FER-2013 to the shipped network and the demo class. Not in the bundle."""
