"""The work that is measured, a module a subject: rows(site) gives the rows."""
