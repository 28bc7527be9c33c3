"""Widgets: one module or folder a panel or view. They decide nothing and store nothing."""
