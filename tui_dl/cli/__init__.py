"""One file a command; each has ``run(options) -> exit status``.

library.py   no command at all: the dashboard opens on the presets
train.py     start a run, and watch it in the dashboard or as lines
runs.py      list all runs
show.py      one run's figures
attach.py    open the dashboard on a run
stop.py      end a run
pause.py     let one wait
resume.py    let one go on that was paused, stopped or killed
set.py       change the learning rate of one
presets.py   the course, or one preset's file
check.py     does an experiment fit together?
warmup.py    compile kernels before they are needed
doctor.py    does this machine?

ask.py, attend.py, dashboard.py, follow.py and output.py are what several of them share.
"""

DONE, FAILED, WRONG_REQUEST, INTERRUPTED, READER_LEFT = 0, 1, 2, 130, 141  # exit statuses
