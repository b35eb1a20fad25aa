"""Template tags: how text, annotations and moments look. They read what queries give them and decide nothing."""
