"""`python -m guidance.cli`, as `guidance serve` starts its processes."""

from guidance.cli import main

main()
