"""`manage.py serve`: Daphne's server with bounded sockets, a clean shutdown, and its child processes."""
