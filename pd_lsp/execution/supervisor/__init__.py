"""The process between us and a step, which leaves nothing behind (D11). Standard library only.

It is started by path. On Linux and macOS it forks at once (posix/keeper.py): the *keeper*, which the server knows,
waits for the *supervisor*, which starts the step. Each ends everything when the other dies, so that no single kill
leaves a process or a folder behind. On Windows (windows/supervise.py) one process is enough, since the system itself
ends what belongs to its job when it dies; only its working folder is then left to the server.

It takes, as arguments, the command of the step after the working folder, the time limit in seconds and the memory
limit in megabytes, 0 for none, which is kept on Windows (elsewhere by the step's own Python); on standard input four
bytes of length, the request, and later perhaps a wish: `CANCEL`, `PAUSE`, `RESUME`. The end of that input is the end of
the run. It answers on standard output with frames (frames.py).
"""
