"""The loopback Hub: a faithful replica of the Hugging Face Hub's read API for tests (`tests.hub.loopback`)."""
