"""Answers -> what a person or a program reads: records, text, markdown."""
