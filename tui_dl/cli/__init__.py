"""The command line: one module per command, each with ``run(options) -> exit status``.

`main` holds the parser and imports the module of a command when that is called. What several
commands share stands in `dashboard` (open it), `find_run`, `foreground` (watch a run that was
started), `output` (tables, JSON), `progress_lines` and `send_command`; `exit_status` names the
statuses.
"""
