"""The HTML door: pages and the fragments that htmx asks for. Rules live in services and permissions."""
