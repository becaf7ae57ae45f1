"""Time courses: one outcome of one study at each time at which it was measured."""
