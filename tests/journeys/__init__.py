"""The three journeys, from an empty file to their end, in the real program in a real terminal."""
