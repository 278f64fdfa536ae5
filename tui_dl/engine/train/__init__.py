"""Training: steps, epochs, schedules, early stopping, checkpoints.

session.py         runs a training: commands, checkpoints, all events
run_events.py      the first and last events of a run
trainer.py         steps and epochs from one position to another
epoch_end.py       evaluation and diagnosis after each epoch
learning_rate.py   the rate in force, scheduled or set by hand
step.py            one optimizer step, and evaluation, over threads
reinforce.py       the same for episodes of an environment
step_records.py    one record for each step
state.py           what a checkpoint holds
checks/            whether an untrained network can learn
range_test.py      the learning rate at which the loss falls fastest
"""
