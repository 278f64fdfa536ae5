"""The one exception a user may see: a request that cannot be carried out, in one line."""


class UserError(Exception):
    """What is wrong, where, and what to do, in one line. The command line exits 2 with it."""
