"""The command line.

`main` carries out a command line: `parser` reads it, `registry` finds the command in `commands/`,
`exit_status` names how it can end. The other modules are what several commands share.
"""
