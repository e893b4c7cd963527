"""Facts in: the only room that opens sockets or the files of a release."""
