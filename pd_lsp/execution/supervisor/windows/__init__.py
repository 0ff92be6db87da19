"""The supervisor on Windows: a Job object, threads that read pipes, and Ctrl+C of a console that nobody sees."""
