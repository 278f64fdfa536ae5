"""Pure functions from what a run recorded to rows of styled text."""
