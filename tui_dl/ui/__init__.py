"""The dashboard: it reads run folders and draws them; it never computes and never loads numba.

app.py            the application, and the one call that opens it
messages.py       what screens post to the application
cell_updates.py   sends only the cells that changed to the terminal
plain_text.py     text from files, without markup and control characters
preset_reader.py  reads presets, samples of their data and their runs in a thread
terminal_look.py  what the terminal can show, for pictures
theme.py, styles.tcss

screens/
  library.py      choose a preset
  edit_preset.py  change values of a preset before it is trained
  run.py          one run, live or ended
  dialogs.py      confirmation, learning rate
  help.py         keys, and how to read a run
panels/           the widgets of the screens
  resizable.py    base: notices every change of its size
  rows.py         base: draws rows of styled text
  frame.py        heading, footer, notice where the terminal is too small
  preset_list.py, preset_marks.py; preset_detail.py, preset_pictures.py; setting_rows.py
  chart.py        a chart, drawn with `tui_dl.drawing`
  side_panel.py   the run screen's right column; side_layout.py decides what fits
  gradient_meter.py, gradient_heat_map.py, early_stopping.py
  diagnosis.py, failure.py, status_lines.py
"""
