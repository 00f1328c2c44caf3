"""The rehearsal: a whole K-City Network call played through HTTP alone, by stepping the business clock."""
