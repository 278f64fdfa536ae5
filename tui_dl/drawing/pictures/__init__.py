"""Pictures of artifacts: one file for each kind, whose `draw` makes rows of styled text.

A file that is here is found; its name is the kind. `tui_dl.drawing.picture` calls it.
"""
