"""What `guidance doctor` looks at, a function for each thing: a state, and one plain sentence with what to do."""
