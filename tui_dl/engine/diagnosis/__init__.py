"""Diagnosis: rules find what goes wrong in a run, report it once, and advise a change.

observations.py the history of steps and epochs that rules examine, as plain numbers
trend.py        the trend of a loss over a whole run
bounds.py       the highest and the lowest loss of learning: blank network and perfect one
probe.py        statistics of activations, taken now and then
finding.py      the input of a rule, and its result
remedies.py     changes to an experiment that may help
gradients.py    rules: vanishing and exploding gradients
activations.py  rules: dead ReLUs, saturation
rates.py        rules: learning rates too high and too low
fit.py          rules: overfitting, underfitting, plateaus
examine.py      applies all rules, causes before their effects
"""
