"""Sample data of every state, put into a running stack through its public HTTP API: ``make sandbox``."""
