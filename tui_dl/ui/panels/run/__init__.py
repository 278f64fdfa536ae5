"""The panels of the run screen: each module defines one, which is found by being here."""
