"""The rules: pure functions of dated facts and of today. No file, no clock, no screen."""
