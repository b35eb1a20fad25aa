"""The JSON door: routes, parsing, answers. Rules live in services, rows in queries."""
