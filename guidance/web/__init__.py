"""What all doors have in common: how a request's body is read, and how answers and errors leave the application."""
