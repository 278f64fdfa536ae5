"""The run folder on disk: all that worker, dashboard and command line share.

Where runs are
    home.py             the folder of all runs; finds the run that a user names
    live.py             the runs that train now, and how far each is
    listing.py          what `tui-dl runs` shows of a run, kept in summary.json
    details.py          what a list says of a run beside its state
    entries.py          what lists of runs show of each
    filter.py           filters of a list: accuracy > 0.9 preset:lenet5
    of_preset.py        the runs of each preset, and what they gave
    preset_name.py      the preset that a run is of, by the run's name
    variant_of.py       the variant that a run of a preset is of, and what else differs
    short_title.py      a run's name, and what differs from its preset
    rename.py           gives a run another name
    removal.py          removes runs so that it can be undone
What a run folder holds
    folder.py           its files and folders; creates one
    check_entries.py    checks that every entry is the file or folder that it has to be
    data_files.py       describes data that was read from a file
    event_log.py        events.jsonl: appends and follows events
    quick_follower.py   follows a long event log: first a sample of it, then all
    step_log.py         steps.bin: appends and reads step records
    step_values.py      reads numbers of some step records without numpy
    artifacts.py        artifacts/: writes, finds and reads what observers have seen
    artifact_follower.py  those nearest to any moment, each read once
    checkpoint.py       checkpoint files: tensors by name, with a checksum
    mailbox.py          control/: commands to a live worker
    lock.py             worker.lock: tells whether a worker is alive
    rewind.py           cuts both logs back to the last checkpoint, before a run is resumed
Reading and writing safely
    files.py            opens files without following links, waiting, or reading without bound
    atomic.py           replaces or appends so that no reader sees half of it
    disk_space.py       checks that the disk has room for what a run writes
What a run's records say
    history.py          all events of a run, indexed
    status.py           its status, from the events and the lock
    summary.py          its figures under the keys of every --json
    comparison.py       the network beside its baselines, in figures and words
    missing_figures.py  why a figure is missing
    milestones.py       the steps at which something was decided
    series.py           all series of a run, as curves up to any step
    step_series.py      one number of every step, raw and smoothed
    epoch_series.py     validation loss and metrics of every epoch
    training_time.py    seconds of training up to any step
    curve_request.py    what a screen asks of the curves: window, smoothing, cursor
    moving_mean.py      the mean over the last steps
    pyramid.py          a long series as the extremes of blocks of 64, 128, 256 ... values
    reduce.py           reduces a million points to a few hundred without losing a spike
    growing.py          an array that grows at its end
    layer_figure.py     one figure of every layer, over the steps up to a moment
    layer_history.py    gradient, update ratio and weight norm by layer, of the steps
    activation_history.py  shares of dead and of saturated units by layer
    view.py             everything a screen shows of a run at one moment
    view_follower.py    follows a run folder and makes a view of any moment
    playhead.py         which moment is shown: plays, waits, or follows the newest step
    playback.py         a run and its playhead: makes what a screen shows next
    worker_usage.py     what a run's worker uses of this machine
Several runs
    side_by_side.py     the settings and results in which runs differ, against a baseline
    comparable.py       what a figure was measured with: where that is the same, figures compare
    traces.py           runs read together, epoch by epoch
    predecessor.py      the run that another one was made from
    extension.py        more epochs for a run that is over, as a new run
    extended.py         how such a run differs, in words
"""
