"""Forms: they parse what people type and never trim or change it; services decide whether it is right."""
