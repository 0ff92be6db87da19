"""The supervisor on Linux and macOS: forks, signals, process groups, and pipes that are waited for all at once."""
