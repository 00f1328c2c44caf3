"""What each page shows, in the words of its language. Pure: no database, no clock, no HTML."""
