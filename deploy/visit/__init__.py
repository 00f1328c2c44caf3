"""Somebody at the sample front end, in a real Chromium: for its tests and its screenshots."""
