"""Two of her lessons over one another, or one over the usual of its class."""
