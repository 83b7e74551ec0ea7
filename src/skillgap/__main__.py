"""``python -m skillgap``."""

from skillgap.cli import main

main()
