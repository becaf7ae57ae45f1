"""Forest plots: effects of several trials on one axis."""
