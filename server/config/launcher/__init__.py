"""Runs the whole platform on one machine: database, preparation, web server, worker, sandbox."""
