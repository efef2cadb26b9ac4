"""How well the shares of a class are read: classes drawn from labelled faces, with known mixtures."""
