"""One run of a step, from what the person asked for to its result. The server and the command line share it."""
