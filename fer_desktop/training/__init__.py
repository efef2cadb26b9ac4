"""From FER-2013 to the shipped network and the demo class. What trains is not in the bundle."""
