"""What people do with scores: every command without its command line. Nothing here prints; a `Watcher` is told."""
