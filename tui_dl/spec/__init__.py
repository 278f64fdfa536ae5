"""What an experiment is: its structs, shapes and checks. No numpy."""
