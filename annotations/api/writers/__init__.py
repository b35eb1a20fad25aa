"""What clients may send: shapes that parse and nothing more. Rules are the services'."""
