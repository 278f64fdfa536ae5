"""The dashboard: it reads run folders and draws them; it never computes and never loads numba.

app.py            the application, and the one call that opens it; it is a run_starter.py,
                  which is a live_watcher.py
home_tabs.py      finds the tabs of the home, which are the files of screens/home/
messages.py       what screens post to the application
cell_updates.py   sends only the cells that changed to the terminal
plain_text.py     text from files, without markup and control characters
preset_reader.py  reads presets, samples of their data and their runs in a thread
terminal_look.py  what the terminal can show, for pictures
theme.py, styles.tcss

screens/
  home/           the tabs of the home, a file each; home_screen.py: their base
    course.py     choose a preset
    runs.py       all runs
  edit_preset.py  change values of a preset before it is trained
  run.py          one run, live or ended: reads it in a thread; its keys are those of
                  proposal_control.py, panel_control.py, training_control.py, playhead_control.py
  dialogs.py      confirmation, learning rate
  help.py         the keys that act, and how to read a run
panels/           the widgets of the screens
  resizable.py    base: notices every change of its size
  rows.py         base: draws rows of styled text
  heading.py      base of headings, with what is live now; those of the home and of variants
  frame.py        footer, notice where the terminal is too small
  preset_list.py, preset_marks.py; preset_detail.py, preset_pictures.py; setting_rows.py
  panel.py        base of the run screen's panels; scrolling.py, chart.py: bases of some
  registry.py     finds the panels, which are the files of run/
  tabs.py         the tabs of the run screen
  run_heading.py  its heading
  layout.py       where its panels stand: a pure function; panel_area.py puts them there
  run/            its panels, a file each
"""
