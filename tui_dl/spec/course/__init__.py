"""What an experiment file says of the course: its lesson, its variants and its claims."""
