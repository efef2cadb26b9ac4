"""What a teacher double-clicks: packages of the bundle in dist/, and what is said in them of others' work."""
