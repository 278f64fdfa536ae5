"""What goes wrong in a training, said once, with its evidence and what to change.

memory.py       what is remembered of steps and epochs, as plain numbers
trend.py        how a loss moves over a whole run
bounds.py       the losses between which learning happens
probe.py        what activations do, looked at now and then
finding.py      what a rule gets to see, and what it finds
remedies.py     what may help, and what is followed already
gradients.py    rules: vanishing and exploding gradients
activations.py  rules: dead ReLUs, saturation
rates.py        rules: learning rates too high and too low
fit.py          rules: overfitting, underfitting, plateaus
examine.py      all rules, in order of cause and effect
"""
