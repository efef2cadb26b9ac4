"""Two lessons of one teacher, or one against the usual of its class: laid over one another, and what differs."""
