"""The command line over the archive; never imports Qt."""
