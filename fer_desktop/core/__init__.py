"""What a class is: numpy, the standard library and pydantic, nothing else."""
