"""The process between us and a step, which leaves nothing behind (D11). Standard library only.

It is started by path, and forks at once: the *keeper*, which the server knows, waits for the *supervisor*, which
starts the step. Each ends everything when the other dies, so that no single kill leaves a process or a folder behind.

It takes, as arguments, the command of the step after the working folder and the time limit in seconds; on standard
input four bytes of length, the request, and later perhaps a wish: `CANCEL`, `PAUSE`, `RESUME`. The end of that input is
the end of the run. It answers on standard output with frames (frames.py).
"""
