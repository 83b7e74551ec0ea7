"""The makers of the sample documents, one module per family of formats."""
