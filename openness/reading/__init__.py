"""A card's words become statements: whose, said how, of what, and on which lines. Pure; imports only `openness.core`."""
