"""The vocabulary that every room of `openness` shares. Standard library only; no input or output happens here."""
