"""How Dateline is started: settings, the in-process run, its progress and summary."""
