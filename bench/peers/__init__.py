"""Other programs that put labels on texts, measured beside this one in the same run. See docs/decisions/0065."""
