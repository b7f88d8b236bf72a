"""Modal forms, and what stands in them: each returns an answer, or saves it and returns whether it did."""
