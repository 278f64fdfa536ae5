"""The tabs of the home: each is one file, and nothing else names it (see `ui/home_tabs.py`)."""
