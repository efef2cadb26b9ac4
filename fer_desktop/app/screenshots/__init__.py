"""The program behind the pictures of the documents: a scripted class of generated people, on a fixed day."""
