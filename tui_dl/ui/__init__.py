"""The dashboard: it reads run folders and draws; it never computes, and never loads numba.

app.py        the application, and the one call that opens it
theme.py      its colours
styles.tcss   its looks
library.py    screen: choose a preset
presets.py      the list of presets, by chapter
detail.py       what a preset teaches, its network, data and recipe
run.py        screen: one run, live or ended
snapshot.py     all that the run screen shows, at one moment
tail.py         follows the run folder in a thread, makes snapshots
curve.py        one value a step: kept, smoothed, reduced
progress.py     state, progress, pace, results
chart.py        a chart that repaints changed rows only
plot.py         plotext's drawing, as rows
ticks.py        round numbers for an axis
gradient.py     gradient meter, a bar a layer
patience.py     early stopping
failure.py      why a run failed
rows.py       base of all that is drawn row by row
dialogs.py    help, confirmation
text.py       numbers as people read them
"""
