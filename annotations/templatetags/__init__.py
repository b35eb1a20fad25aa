"""Template tags: how text, annotations, states and moments look. They read what queries give them and decide nothing."""
