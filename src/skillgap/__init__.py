"""skillgap: what AI-engineering job ads ask for, and what a resume already shows of it."""
