"""What the worker and everybody else share: events, commands, step records."""
