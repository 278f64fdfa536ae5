"""The commands: `tui-dl NAME` is the module `NAME.py` here, found by being in this folder.

What each one holds is written in `tui_dl.cli.registry.Command`.
"""
