"""Training: steps, epochs, schedules, early stopping, checkpoints."""
