"""The loopback web: GitHub, arXiv, a Hub and whoever else a card links to, played over TLS on this machine."""
