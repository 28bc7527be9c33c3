"""Page images: the render process and its client (QtCore and QImage only on the window side)."""
