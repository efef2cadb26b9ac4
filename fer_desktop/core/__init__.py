"""What a class is: numpy and the standard library, nothing else."""
