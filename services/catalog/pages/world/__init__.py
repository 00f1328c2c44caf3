"""Where land is on the map, and where a point of the earth is on it."""
