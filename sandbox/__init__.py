"""Outside systems for the demo and the tests: SMS gateway, identity check, courier.

A process of its own that speaks their protocols over HTTP and shares no code with the server. Nothing is kept
on disk. ``python -m sandbox --port 8001`` from the repository's root.
"""
