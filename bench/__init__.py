"""How fast it is: `make bench`, and at the sizes that hurt `make soak`."""
