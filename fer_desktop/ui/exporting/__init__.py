"""What a teacher takes home: copies of lessons, a backup of all of them, and the way back."""
