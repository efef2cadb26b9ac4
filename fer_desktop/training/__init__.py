"""From labelled faces to the shipped network. What trains is not in the bundle."""
