"""The exit statuses of all commands."""

DONE = 0
FAILED = 1  # the run failed, or standard output cannot be written
WRONG_REQUEST = 2
INTERRUPTED = 130  # as shells have it: 128 + SIGINT
READER_LEFT = 141  # 128 + SIGPIPE: nobody reads standard output any more
