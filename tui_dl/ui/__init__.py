"""The dashboard: it reads run folders and draws; it never computes, and never loads numba.

app.py          the application, and the one call that opens it
theme.py        its colours
styles.tcss     its looks
frame.py        what every screen has
help.py         a window over a screen: keys, and how to read a run
dialogs.py      windows that ask: confirmation, learning rate
library.py      screen: choose a preset
  catalogue.py    the presets, by chapter
  detail.py       what a preset teaches, its network, data and recipe
run.py          screen: one run, live or ended
  snapshot.py     all that it shows, at one moment
  tail.py         follows the run folder in a thread, makes snapshots
  curve.py        one value a step: kept, smoothed, reduced
  progress.py     state, progress, pace, results
  picture.py      what the two charts show
  chart.py        a chart, drawn when it is seen
  plot.py         plotext's drawing, as rows
  ticks.py        round numbers for an axis
  meters.py       which of the following fit
  gradient.py     gradient meter, a bar a layer
  history.py      the same over epochs, as shades
  patience.py     early stopping
  failure.py      why a run failed
rows.py         base of all that is drawn row by row
plain.py        text of others, without markup and controls
"""
