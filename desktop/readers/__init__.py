"""Files become neutral pages: one adapter a source, the kind of a file judged by its content.

`read` opens a file in this process; `isolated.read_isolated` does the same in a child process that can be killed.
"""

from desktop.readers.reading import READER_VERSION, read

__all__ = ["READER_VERSION", "read"]
